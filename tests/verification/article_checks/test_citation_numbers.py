"""Citation numbers against the list, on articles about many things."""

from bedside.verification.article_checks.citation_numbers import citation_numbers
from bedside.verification.article_checks.finding import Weight

LIST = (
    "References\n\n1. Adams B. Salt and pressure. J Salt 2019;1:1-9.\n2. Brown C. Iron by mouth. Iron Rep 2020;2:3-8.\n"
)


def messages(read, text):
    return [(found.weight, found.message) for found in citation_numbers(read(text))]


def test_numbers_that_match_the_list_give_no_finding(read):
    """Every number has its entry and every entry its number."""
    assert messages(read, f"Salt raises blood pressure [1]. Iron tablets cure anaemia [2].\n\n{LIST}") == []


def test_a_number_without_an_entry_is_a_fault(read):
    """The number is named, with how many are cited and listed."""
    [(weight, message)] = messages(
        read, f"Salt raises pressure [1]. Iron cures anaemia [2]. Tea is safe [3].\n\n{LIST}"
    )
    assert weight is Weight.FAULT
    assert "cites 3 numbers (1 to 3); the list has 2 references: number 3 has no entry" in message


def test_an_entry_that_is_never_cited_is_a_fault(read):
    """In a numbered list."""
    [(weight, message)] = messages(read, f"Salt raises blood pressure [1].\n\n{LIST}")
    assert weight is Weight.FAULT
    assert message == "Entry 2 of the reference list is never cited in the text."


def test_a_number_printed_twice_is_a_fault(read):
    """And so are two entries of one work."""
    text = (
        "A is b [1]. C is d [2].\n\nReferences\n\n1. Adams B. Salt. 2019. doi 10.1000/abc.\n\n"
        "1. Adams B. Salt. 2019. doi 10.1000/ABC.\n\n2. C. 2020."
    )
    found = [message for _, message in messages(read, text)]
    assert "The reference list prints number 1 2 times." in found


def test_the_same_work_under_two_numbers_is_a_fault(read):
    """Told by its DOI, whatever its case."""
    text = (
        "A is b [1]. C is d [2].\n\nReferences\n\n1. Adams B. Salt. 2019. doi 10.1000/abc\n"
        "2. Adams B. On salt. 2019. DOI:10.1000/ABC"
    )
    assert [message for _, message in messages(read, text)] == [
        "Entries 1 and 2 of the reference list are the same work."
    ]


def test_a_list_without_numbers_says_that_nothing_can_be_matched(read):
    """Bare numbers after the stop, entries under labels."""
    text = (
        "Salt raises blood pressure. 1 Potassium lowers it. 2 Coffee does neither. 3\n\n"
        "References\n\nGuideline\n\n"
        "Blood pressure in adults\n\nSociety of Pressure, 2020\n\n"
        "Research\n\nCoffee and pressure\n\nJournal of Coffee, 2018\n"
    )
    [(_, message)] = messages(read, text)
    assert "counted from the top, number 3 has no entry" in message
    assert "prints no numbers" in message


def test_an_article_that_cites_by_author_has_no_finding(read):
    """No numbers, nothing to match."""
    assert (
        messages(
            read, "Salt raises blood pressure (Adams 2019).\n\nReferences\n\nAdams B. Salt. 2019.\n\nBrown C. 2020."
        )
        == []
    )


def test_numbers_without_any_list_are_told(read):
    """There is nothing they could lead to."""
    [(weight, message)] = messages(read, "Salt raises blood pressure [1]. Iron cures anaemia [2].")
    assert weight is Weight.FAULT
    assert "no reference list" in message
