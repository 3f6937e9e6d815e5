"""What is cut out of an entry unread, its references and its history, changes nothing of what is read."""

import pytest

from bedside.evidence.record import Record
from bedside.ingest.events import Skipped

from .pubmed_samples import article, document, one, read

HISTORY = '<History><PubMedPubDate PubStatus="pubmed"><Year>2021</Year></PubMedPubDate></History>'
OWN = '<ArticleIdList><ArticleId IdType="doi">10.1000/own</ArticleId></ArticleIdList>'
CITED = """<Reference><Citation>A paper.</Citation><ArticleIdList>
<ArticleId IdType="doi">10.9999/cited</ArticleId><ArticleId IdType="pmc">PMC9</ArticleId></ArticleIdList></Reference>"""
LIST = f"<ReferenceList>\n{CITED}\n{CITED}</ReferenceList>"
NESTED = f"<ReferenceList><Title>Books</Title><ReferenceList>{CITED}</ReferenceList>{CITED}</ReferenceList>"


@pytest.mark.parametrize("more", [LIST, LIST + LIST, NESTED, NESTED + LIST, "<ReferenceList/>"])
def test_a_record_is_the_same_with_and_without_what_is_not_read(more):
    assert one(article(data=HISTORY + OWN + more)) == one(article(data=OWN))


@pytest.mark.parametrize("more", [LIST, NESTED, LIST + LIST])
def test_an_entry_that_breaks_off_in_its_references_costs_itself_alone(more):
    """The list of the entry behind it must not be taken for the end of its own."""
    whole = article("101", data=OWN + more)
    broken = whole[: whole.index("</ReferenceList>") - 20]
    first, second = read(document(broken + article("102", data=OWN + more)))
    assert isinstance(first, Skipped)
    assert first.identifier == "101"
    assert isinstance(second, Record)
    assert (second.source.pmid, second.source.doi) == ("102", "10.1000/own")


def test_damage_in_the_start_of_a_list_never_joins_two_entries():
    broken = article("101", data=OWN + LIST)
    broken = broken[: broken.index("</ReferenceList>")]
    behind = article("102", data=OWN + LIST).replace("<ReferenceList>", "<Referenc List>")
    assert [event.identifier for event in read(document(broken + behind))] == ["101", "102"]


def test_the_line_of_a_fault_behind_the_references_is_that_of_the_file():
    """The fault stands in the entry's last line, whether a list of three lines stands before it or not."""
    lines = []
    for data in (OWN, OWN + LIST):
        text = document(article("101", data=f"{data}\n\n<PublicationStatus>x</PublicationStatu>"))
        [skipped] = read(text)
        lines.append(int(skipped.reason.rpartition("line ")[2]))
        assert b"PublicationStatu>" in text.splitlines()[lines[-1] - 1]
    assert lines[1] == lines[0] + LIST.count("\n")


def test_a_fault_in_the_references_costs_nothing():
    """What is not read cannot be wrong in a way that matters."""
    broken = LIST.replace("A paper.", "A &nbsp; paper. <b>")
    assert one(article(data=OWN + broken)) == one(article(data=OWN))
