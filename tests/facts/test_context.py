"""Context: denied, past, planned, hypothetical, somebody else's, merely asked about."""

import pytest

from bedside.facts.fact import Presence, Subject, When
from bedside.text.span import Span

HERE, NOT, OPEN = Presence.PRESENT, Presence.ABSENT, Presence.UNKNOWN
SELF = "My B12 is low. "


def status(vocabulary, text, words):
    """What the context says of *words* in *text*."""
    start = text.index(words)
    return vocabulary.context.status(text, Span(start, start + len(words)))


@pytest.mark.parametrize(
    ("text", "words", "presence"),
    [
        ("No numbness or tingling but unsteady.", "numbness", NOT),
        ("No numbness or tingling but unsteady.", "tingling", NOT),
        ("No numbness or tingling but unsteady.", "unsteady", HERE),
        ("Denies numbness, weakness and falls.", "falls", NOT),
        ("Denies paraesthesia, numbness or weakness of the limbs.", "weakness", NOT),
        ("No numbness, gait unsteady, on omeprazole", "gait unsteady", HERE),
        ("No numbness, gait unsteady, on omeprazole", "omeprazole", HERE),
        ("I never had any numbness.", "numbness", NOT),
        ("not pregnant, tired", "pregnant", NOT),
        ("not pregnant, tired", "tired", HERE),
        ("no penicillin allergy, CKD", "CKD", HERE),
        ("no allergies and pregnant", "pregnant", HERE),
        ("no allergies, diabetes or heart failure", "diabetes", NOT),
        ("not allergic to penicillin or aspirin", "aspirin", NOT),
        ("Numbness: no. Tingling: yes.", "Numbness", NOT),
        ("Numbness: no. Tingling: yes.", "Tingling", HERE),
        ("Numbness - no. Weakness - no.", "Weakness", NOT),
        ("Vision: not recorded.", "Vision", OPEN),
        ("no numbness/tingling", "tingling", NOT),
        ("no doubt the tingling is back", "tingling", HERE),
        ("my numbness is not better", "numbness", HERE),
        ("she has numbness, but no weakness", "numbness", HERE),
        ("Patient is not on metformin and does not use nitrous oxide", "nitrous oxide", NOT),
        ("not sure if I have neuropathy", "neuropathy", OPEN),
        ("possible pernicious anaemia", "pernicious", OPEN),
        ("without numbness", "numbness", NOT),
    ],
)
def test_presence(vocabulary, text, words, presence):
    """A denial reaches its list and no further; what is open stays unknown, which is not a denial."""
    assert status(vocabulary, text, words).presence is presence


@pytest.mark.parametrize(
    ("text", "words", "when"),
    [
        ("I stopped metformin two years ago", "metformin", When.PAST),
        ("used to do balloons at uni but stopped three years ago. now tingling", "balloons", When.PAST),
        ("used to do balloons at uni but stopped three years ago. now tingling", "tingling", When.CURRENT),
        ("I took a multivitamin for a while but stopped it.", "multivitamin", When.PAST),
        ("previous H pylori infection", "H pylori", When.PAST),
        ("history of stroke, now tingling", "tingling", When.CURRENT),
        ("nitrous oxide until last month", "nitrous", When.PAST),
        ("injection five minutes ago", "injection", When.CURRENT),
        ("collapsed 1h ago", "collapsed", When.CURRENT),
        ("sudden pain 30min ago", "pain", When.CURRENT),
        ("black stools 2d ago", "stools", When.CURRENT),
        ("eradicated 6m ago", "eradicated", When.PAST),
        ("her dentist wants to prescribe clindamycin", "clindamycin", When.PLANNED),
        ("My doctor wants to start injections next week", "injections", When.PLANNED),
        ("I'm due to start cyanocobalamin on Friday", "cyanocobalamin", When.PLANNED),
        ("the clinic has proposed cyanocobalamin", "cyanocobalamin", When.PLANNED),
        ("If I were pregnant, would that matter?", "pregnant", When.HYPOTHETICAL),
        ("if she were pregnant", "pregnant", When.HYPOTHETICAL),
        ("I wonder if my tingling is B12", "tingling", When.CURRENT),
        ("for the past month tingling", "tingling", When.CURRENT),
        ("diagnosed with coeliac 5 years ago", "coeliac", When.CURRENT),
    ],
)
def test_time(vocabulary, text, words, when):
    """Past, planned and hypothetical are told from now."""
    assert status(vocabulary, text, words).when is when


@pytest.mark.parametrize(
    ("text", "words", "subject"),
    [
        (SELF + "My mother has pernicious anaemia.", "pernicious", Subject.RELATIVE),
        (SELF + "My mother has pernicious anaemia and I have tingling.", "tingling", Subject.PATIENT),
        (SELF + "Coeliac disease in my sister.", "Coeliac", Subject.RELATIVE),
        (SELF + "Pernicious anaemia runs in the family.", "Pernicious", Subject.RELATIVE),
        (SELF + "My mother's brother has LHON.", "LHON", Subject.RELATIVE),
        (SELF + "My neighbour has pernicious anaemia.", "pernicious", Subject.OTHER),
        (SELF + "My mother-in-law has pernicious anaemia.", "pernicious", Subject.OTHER),
        ("My mum has a B12 of 120 and numb feet.", "numb", Subject.PATIENT),
        ("My mum is 83 and falls. Her own mother had pernicious anaemia.", "pernicious", Subject.RELATIVE),
        ("Asking for my wife, who is exhausted.", "exhausted", Subject.PATIENT),
        ("My cat is losing weight, her B12 is low.", "losing weight", Subject.OTHER),
        ("I'm vegan and breastfeeding my 5 month old. Baby has gone floppy.", "floppy", Subject.INFANT),
        ("My baby is 8 months old, I'm vegan, she is pale.", "vegan", Subject.PATIENT),
        ("My baby is 8 months old, I'm vegan, she is pale.", "pale", Subject.INFANT),
        ("4-month-old breastfed by a vegan mother, floppy", "vegan", Subject.RELATIVE),
        ("4-month-old breastfed by a vegan mother, floppy", "floppy", Subject.INFANT),
    ],
)
def test_subject(vocabulary, text, words, subject):
    """Whose body it is: the asker's, a relative's, the infant's, or the person a carer asks for."""
    assert status(vocabulary, text, words).subject is subject


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Can metformin cause numb feet?", "numb"),
        ("What are the symptoms of pernicious anaemia?", "pernicious"),
        ("Do I need injections?", "injections"),
        ("Should I take tablets instead of injections?", "injections"),
    ],
)
def test_what_is_merely_asked_about_is_open(vocabulary, text, words):
    """A question about people in general, or about a treatment, states nothing."""
    assert status(vocabulary, text, words).asked


def test_a_patients_own_question_still_states(vocabulary):
    """The question "Why am I so tired?" says that the person is tired."""
    assert status(vocabulary, "Why am I so tired?", "tired").presence is HERE


@pytest.mark.parametrize("words", ["numbness", "tingling", "weakness", "falls"])
def test_a_denial_holds_for_every_item_in_any_order(vocabulary, words):
    """Swapping the items of a denied list changes nothing."""
    items = ["numbness", "tingling", "weakness", "falls"]
    for shift in range(len(items)):
        order = items[shift:] + items[:shift]
        text = f"No {order[0]}, {order[1]}, {order[2]} or {order[3]}."
        assert status(vocabulary, text, words).presence is NOT
