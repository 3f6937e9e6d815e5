"""A medicine or a condition that is all there is of a question is asked about, and neither taken nor there."""

import pytest

from bedside.facts.reading import take_apart


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("45F confirmed 134/84, no CVD/DM/CKD, PREVENT 10-y 3%. Lisinopril now?", "ace_inhibitor"),
        ("BP 150/95. Time for ramipril?", "ace_inhibitor"),
        ("BP 150/95. Ramipril first?", "ace_inhibitor"),
        ("start ramipril? BP 150/95", "ace_inhibitor"),
        ("BP 150/95, ramipril?", "ace_inhibitor"),
        ("BP 150/95, ramipril yet?", "ace_inhibitor"),
        ("BP 150/95. On ramipril, add amlodipine?", "calcium_channel_blocker"),
        ("58F, TSH 12.4. Levothyroxine now?", "levothyroxine"),
        ("TSH 7.8 should I be on Synthroid?", "levothyroxine"),
        ("fasting glucose 5.1 mmol/l. prediabetes?", "prediabetes"),
        ("TSH 5. Hypothyroidism?", "hypothyroidism"),
        ("B12 150 ng/L. Is it pernicious anaemia or not?", "pernicious_anaemia"),
    ],
)
def test_what_is_only_asked_about(read, text, concept):
    """The words "Lisinopril now?" ask whether to begin; "prediabetes?" asks whether it is that."""
    assert read(text).current(concept) is None


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("On lisinopril now?", "ace_inhibitor"),
        ("I take omeprazole, metformin?", "metformin"),
        ("BP 150/95 on ramipril now", "ace_inhibitor"),
        ("I'm on lisinopril. BP 134/84 now?", "ace_inhibitor"),
        ("BP 150/95. On ramipril, add amlodipine?", "ace_inhibitor"),
        ("ramipril 5 mg. BP 150/95. stop?", "ace_inhibitor"),
        ("I have prediabetes. What now?", "prediabetes"),
        ("Chest pain?", "chest_pain"),
    ],
)
def test_what_is_there(read, text, concept):
    """What is taken or told stays; a sign alone with a question mark is not explained away."""
    assert read(text).current(concept) is not None


@pytest.mark.parametrize("text", ["can I use Nu-Salt, K 5.2", "I use NoSalt", "I've used nu salt for years"])
def test_brands_of_salt_substitutes(vocabulary, text):
    """American brands are known by name."""
    assert "salt_substitute" in {mention.concept for mention in take_apart(text, vocabulary, 0).mentions}
