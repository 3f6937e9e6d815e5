"""Leaflet, appointment sheet and note: every sentence and every number on them comes from the answer."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bedside.article.article import Role, SectionKey
from bedside.rendering.html.environment import environment
from bedside.rendering.takeaway.appointment import sheet
from bedside.rendering.takeaway.leaflet import leaflet
from bedside.rendering.takeaway.sbar import note
from bedside.rendering.view import view
from bedside.settings import READERS
from tests.rendering.html.tree import tree

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
PAPERS = {
    "leaflet.html": lambda answer: {"leaflet": leaflet(answer)},
    "appointment.html": lambda answer: {"sheet": sheet(answer)},
    "sbar.html": lambda answer: {"note": note(answer)},
}
QUESTION = "72F, total B12 140 ng/L in March, Hb 98 g/L, MCV 112, no numbness, on omeprazole 8 yrs. Next step?"


def groups_of(paper):
    """Every group of a paper."""
    found = []
    for name in type(paper).__slots__:
        for each in getattr(paper, name) if isinstance(getattr(paper, name), tuple) else ():
            found += each.groups if hasattr(each, "groups") else [each] if hasattr(each, "lines") else []
    return found


def lines_of(paper):
    """Every line of a paper with its text."""
    alone = [
        each
        for name in type(paper).__slots__
        if isinstance(getattr(paper, name), tuple)
        for each in getattr(paper, name)
        if hasattr(each, "numbers") and hasattr(each, "text")
    ]
    return [*alone, *(line for group in groups_of(paper) for line in group.lines)]


def faults(answer):
    """Everything on the papers of an answer that does not come from it."""
    sentences = {s.text_for(answer.question.reader) for s in answer.article.sentences()}
    for name, made in PAPERS.items():
        [paper] = made(answer).values()
        known = {str(source.number) for source in paper.sources}
        for line in lines_of(paper):
            if line.text not in sentences:
                yield f"{name}: a sentence of its own: {line.text}"
            if {str(number) for number in line.numbers} - known:
                yield f"{name}: a number without its source"
        used = {number for line in lines_of(paper) for number in line.numbers}
        if used != {source.number for source in paper.sources}:
            yield f"{name}: a source that nothing cites"
        text = tree(environment().get_template(name).render(**made(answer))).css_first("main").text(separator=" ")
        allowed = " ".join(
            (
                *sentences,
                answer.question.text,
                *(source.text for source in paper.sources),
                *paper.closing,
                paper.title,
                *known,
                *(fact.observed_on for fact in answer.facts.items),
                answer.release,
                answer.as_of,
                answer.fingerprints.content[:12],
            )
        )
        if strange := set(NUMBER.findall(text)) - set(NUMBER.findall(allowed)):
            yield f"{name}: numbers from nowhere: {strange}"


# Over every labelled question and reader: tests/rendering/html/test_every_question.py.


def test_a_number_or_sentence_of_its_own_is_found_out(desk, monkeypatch):
    """The check of the papers can fail: a line, a number or a source that the answer does not have is named."""
    answer = desk.ask(QUESTION, reader="patient")
    assert not list(faults(answer))
    paper = leaflet(answer)
    lead = paper.sections[1].groups[0]
    for spoiled in (
        replace(lead.lines[0], text=f"{lead.lines[0].text} Take 7777 of them."),
        replace(lead.lines[0], numbers=(99,)),
        replace(lead.lines[0], mark="7777"),
    ):
        section = replace(paper.sections[1], groups=(replace(lead, lines=(spoiled, *lead.lines[1:])),))
        wrong = replace(paper, sections=(paper.sections[0], section, *paper.sections[2:]))
        monkeypatch.setitem(PAPERS, "leaflet.html", lambda _answer, wrong=wrong: {"leaflet": wrong})
        assert list(faults(answer))


@pytest.mark.parametrize("reader", READERS)
def test_red_flags_and_what_they_guard_are_never_parted(reader, desk):
    """A paper takes everything its reader sees unfolded, so no caution is dropped while its advice stays."""
    answer = desk.ask(QUESTION, reader=reader, region="both")
    seen = {line.text for section in view(answer).sections for block in section.blocks for line in block.lines}
    assert {line.text for line in lines_of(leaflet(answer))} == seen
    red = {s.text_for(answer.question.reader) for s in answer.article.section(SectionKey.RED_FLAGS).sentences}
    for paper in (leaflet(answer), sheet(answer), note(answer)):
        texts = [line.text for line in lines_of(paper)]
        assert red <= set(texts)
    advice = {
        line.text
        for section in view(answer).sections
        if section.key in (SectionKey.DO_NOW, SectionKey.TESTS, SectionKey.TREATMENT, SectionKey.FOLLOW_UP)
        for block in section.blocks
        for line in block.lines
    }
    assert advice <= {line.text for line in lines_of(note(answer))}
    assert advice <= {line.text for line in lines_of(sheet(answer))}


def test_no_group_holds_two_countries(desk):
    """What is said for the UK and for the US stands in groups of its own, each with its label."""
    answer = desk.ask(QUESTION, reader="clinician", region="both")
    countries = {s.text_for(answer.question.reader): s.jurisdiction.value for s in answer.article.sentences()}
    labels = {"UK": {"GB"}, "US": {"US"}, "": {"INT", "local"}}
    for paper in (leaflet(answer), sheet(answer), note(answer)):
        for group in groups_of(paper):
            assert {countries[line.text] for line in group.lines} <= labels[group.label]


def test_the_sheet_tells_facts_with_values_and_dates(desk):
    """Each fact with its value as read, the date where it was said; what was assumed stands apart."""
    paper = sheet(desk.ask(QUESTION, reader="patient"))
    told = {line.text: line.mark for line in paper.tell}
    [b12] = [text for text in told if "140 ng/L" in text]
    assert told[b12] == "March"
    assert all("assum" in line.text or "not stated" in line.text for line in paper.assumed)
    assert paper.find_out
    assert any("140 ng/L" in line.text for line in paper.bring)
    assert not any("omeprazole" in line.text.lower() for line in paper.bring)


def test_the_note_parts_advice_that_holds_from_what_depends(desk):
    """Recommendations that hold and branches of an undecided case never stand under one heading."""
    answer = desk.ask(QUESTION, reader="clinician")
    paper = note(answer)
    branches = {s.clinical for s in answer.article.sentences() if s.branch}
    assert not branches & {line.text for heading in paper.advice for group in heading.groups for line in group.lines}
    assert {line.text for heading in paper.branches for group in heading.groups for line in group.lines} <= branches
    assert any("140 ng/L" in band and "low" in band for band in paper.bands)


def test_claims_on_a_paper_keep_their_sources(desk):
    """A sentence that cites has its numbers on paper, too."""
    answer = desk.ask(QUESTION, reader="patient")
    cites = {s.plain for s in answer.article.sentences() if s.role is Role.CLAIM and s.citations}
    for paper in (leaflet(answer), sheet(answer), note(answer)):
        assert all(line.numbers for line in lines_of(paper) if line.text in cites)


def test_hostile_words_stay_words(desk):
    """A question with markup in it is printed as it was written."""
    asked = desk.ask("My B12 is 268 pg/mL <script>alert(1)</script> on tablets. What now?")
    answer = replace(asked, question=replace(asked.question, text="<script>alert(1)</script>{{ 7 * 7 }}"))
    for name, made in PAPERS.items():
        root = tree(environment().get_template(name).render(**made(answer)))
        assert not root.css("script")
        assert "<script>alert(1)</script>{{ 7 * 7 }}" in root.css_first("main").text()


def test_every_paper_has_one_first_heading_and_sound_links(desk):
    """Structure of the three documents."""
    for question in (QUESTION, "What is the best treatment for asthma?", "Crushing chest pain, B12 268 pg/mL?"):
        answer = desk.ask(question)
        for name, made in PAPERS.items():
            root = tree(environment().get_template(name).render(**made(answer)))
            assert len(root.css("h1")) == 1
            ids = [node.attributes["id"] for node in root.css("[id]")]
            assert len(ids) == len(set(ids))
            assert all(a.attributes["href"][1:] in ids for a in root.css("a[href^='#']"))
            assert root.css_first("html").attributes["lang"] == "en-GB"
