"""Every labelled question, for every reader, as a page: what must hold of all of them."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import pytest

from bedside.article.article import Role
from bedside.protocol.strength import Jurisdiction
from bedside.settings import READERS
from tests.rendering.html.tree import drawn, page_of, questions, said, tree
from tests.rendering.takeaway.test_calendar import wrong_dates
from tests.rendering.takeaway.test_papers import faults as on_paper

QUESTIONS = questions()
INLINE = re.compile(r"<[^<>]*\son[a-z]+=", re.IGNORECASE)
LEVELS = ("h1", "h2", "h3", "h4")


def faults(html, seen, answer):
    """Everything that is wrong with the page of an answer, in words."""
    root = tree(html)
    yield from wrong_structure(root)
    yield from wrong_sentences(root, seen, answer)
    yield from mixed_countries(seen, answer)
    yield from wrong_marks(seen, answer)


def wrong_structure(root):
    """Headings, ids, links inside the page, labels, and what a strict policy forbids."""
    headings = [LEVELS.index(node.tag) for node in root.css("h1, h2, h3, h4")]
    if headings.count(0) != 1:
        yield "not one h1"
    if any(after > before + 1 for before, after in pairwise(headings)):
        yield "a level of headings is left out"
    ids = Counter(node.attributes["id"] for node in root.css("[id]"))
    yield from (f"id {name} twice" for name, count in ids.items() if count > 1)
    for node in root.css("a[href^='#']"):
        if node.attributes["href"][1:] not in ids:
            yield f"{node.attributes['href']} leads nowhere"
    for name in ("for", "aria-labelledby"):
        yield from (f"{name} names nothing" for node in root.css(f"[{name}]") if node.attributes[name] not in ids)
    yield from (f"a {node.tag} without a type" for node in root.css("button:not([type])"))
    for node in root.css("body script, body [style]"):
        yield f"inline style or script at {node.tag}"
    if INLINE.search(root.body.html):
        yield "a handler of events within a tag"
    for form in root.css("form"):
        if form.attributes["method"] != "post" or form.css_first("input[name=token][value=secret]") is None:
            yield "a form that is not posted, or without its hidden field"


def wrong_sentences(root, seen, answer):
    """Every sentence of the answer stands once, folded or not; every claim opens its proof; every number leads on."""
    reader = answer.question.reader
    shown = Counter(" ".join(said(words) for words in own_words(node)) for node in root.css(".say"))
    wanted = Counter(" ".join(s.text_for(reader).split()) for s in answer.article.sentences())
    if shown != wanted:
        yield f"sentences missing {wanted - shown} or added {shown - wanted}"
    claims = [s for s in answer.article.sentences() if s.role is Role.CLAIM]
    if len(root.css("details.proof")) != len(claims) or len(seen.proofs) != len(claims):
        yield "not every claim has a proof"
    if sorted(proof.sentence_id for proof in seen.proofs) != sorted(s.id for s in claims):
        yield "proofs of other sentences"
    cited = {number for node in root.css(".cite") for number in [said(node)]}
    yield from (f"[{number}] is not in the references" for number in cited if not root.css(f"#ref-{number}"))
    listed = {node.attributes["id"].removeprefix("ref-") for node in root.css(".references > li")}
    if listed != {str(each.number) for each in seen.references}:
        yield "references missing"


def own_words(node):
    """The words of a sentence without those of its proof."""
    return [words for words in node.css(".words") if words.parent.attributes.get("class", "") in ("say", "last")]


def mixed_countries(seen, answer):
    """No side holds two countries, and each country's sentences stand under its label."""
    countries = {s.id: s.jurisdiction for s in answer.article.sentences()}
    labels = {"UK": {Jurisdiction.GB}, "US": {Jurisdiction.US}, "": {Jurisdiction.INT, Jurisdiction.LOCAL}}
    for part in (*seen.parts(), *filter(None, [seen.about])):
        for row in (*part.rows, *part.more):
            if len({side.label for side in row.sides}) != len(row.sides) or (row.paired and "" in labels_of(row)):
                yield f"{part.key}: sides that do not belong beside each other"
            for side in row.sides:
                if {countries[say.id] for say in side.says} - labels[side.label]:
                    yield f"{part.key}: another country under {side.label or 'shared'}"


def labels_of(row):
    """The labels of the sides of a row."""
    return [side.label for side in row.sides]


def asked_for(reader):
    """Every question for the patient and the doctor; for the others, whose articles are put together from the same two
    versions, a third of them each, so that every question is drawn for one of them."""
    others = [other for other in READERS if other not in ("patient", "clinician")]
    return QUESTIONS[others.index(reader) :: len(others)] if reader in others else QUESTIONS


def test_every_question_is_asked_for_three_readers():
    drawn_for = Counter(name for reader in READERS for name, _ in asked_for(reader))
    assert drawn_for.keys() == {name for name, _ in QUESTIONS}
    assert set(drawn_for.values()) == {3}


@pytest.mark.parametrize("reader", READERS)
def test_every_labelled_question_makes_a_sound_page_and_sound_papers(reader, desk, aids):
    """One first heading, no id twice, every link and citation resolved, every sentence there, no countries mixed; on
    leaflet, sheet and note no number or sentence but the answer's; dates only where a statement asks for them."""
    found = {}
    for name, question in asked_for(reader):
        answer = desk.ask(question, reader=reader, region="both")
        seen = page_of(answer, aids, glossary=desk.words())
        wrong = [*faults(drawn(seen), seen, answer), *on_paper(answer), *wrong_dates(answer)]
        if wrong:
            found[name] = wrong
    assert not found


def wrong_marks(seen, answer):
    """The stretches of a question joined are the question, and each mark leads to chips that are there."""
    [asked] = seen.asked
    if "".join(stretch.text for stretch in asked.stretches) != answer.question.text:
        yield "the question is not shown as asked"
    marked = {chip for stretch in asked.stretches for chip in stretch.chips}
    if marked != {chip.id for chip in seen.chips if chip.words}:
        yield "marks and chips do not belong together"


CORRUPTIONS = {
    "two first headings": ('<h2 id="references">References</h2>', '<h1 id="references">References</h1>'),
    "an id twice": ('id="ref-2"', 'id="ref-1"'),
    "a sentence gone": ('<span class="words">Before judging', '<span class="other">Before judging'),
    "a citation without its reference": ('<li id="ref-3"', '<li id="reference-3"'),
    "an inline style": ('<article class="answer">', '<article class="answer" style="color:red">'),
    "a handler of events": ('<article class="answer">', '<article class="answer" onclick="run()">'),
    "a script": ("</article>", "<script>1</script></article>"),
    "a form without its hidden field": ('value="secret"', 'value=""'),
    "a label that names nothing": ('for="follow-up-text"', 'for="nobody"'),
    "a heading level left out": ('<h2 id="holds">', '<h4 id="holds">'),
}


@pytest.mark.parametrize("name", CORRUPTIONS)
def test_a_spoiled_page_is_found_out(name, desk, aids):
    """The checks of these pages can fail: each corruption is named."""
    answer = desk.ask("My B12 is 268 pg/mL on 1000 mcg cyanocobalamin tablets daily. What now?")
    seen = page_of(answer, aids)
    html = drawn(seen)
    before, after = CORRUPTIONS[name]
    assert before in html
    assert not list(faults(html, seen, answer))
    assert list(faults(html.replace(before, after), seen, answer))
