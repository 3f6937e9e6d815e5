"""The second stage: order, reasons, and what must make no difference."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.evidence.candidate import Candidate, Statistics
from bedside.evidence.query import OtherName, build_query
from bedside.evidence.ranking import Preferences, rank
from bedside.evidence.ranking_weights import DEFAULT
from bedside.evidence.source import SourceKind, SourceStatus

LENGTHS = {"title": 8.0, "heading": 2.0, "text": 20.0, "mesh": 4.0}
PLAIN = Preferences(evidence=False, recency=False, diversity=0.0)
FILLER = "We studied several people in one town and wrote down what we saw over many weeks."
WORDS = [
    *("iron", "folate", "anaemia", "neuropathy", "metformin", "vegan"),
    *("dose", "injection", "oral", "weekly", "children", "gastritis"),
]


def statistics(**frequencies):
    return Statistics(10_000, {"b12": 300, "metformin": 200, "defici": 900, "oral": 800, **frequencies}, LENGTHS)


def candidate(name, text="", **fields):
    given = {"source": name, "title": "A study of people", "heading": "", **fields}
    return Candidate(id=name, text=f"{text} {FILLER}", **given)


def ranked(question, candidates, preferences=PLAIN, limit=10, known=None):
    hits = rank(build_query(question), candidates, known or statistics(), preferences, limit)
    return [hit.candidate.id for hit in hits]


def random_candidates(seed, count=40):
    chance = random.Random(seed)  # noqa: S311 - the same every time
    return [
        Candidate(
            id=f"c{index}",
            source=f"s{index % 25}",
            title=" ".join(chance.choices(WORDS, k=4)),
            heading=chance.choice(("", "Results", "Methods > Sample", "Discussion")),
            text=" ".join(chance.choices(WORDS, k=30)),
            mesh=tuple(chance.choices(WORDS, k=2)),
            kind=chance.choice(list(SourceKind)),
            year=chance.choice((0, 1999, 2015, 2024)),
            status=chance.choice(list(SourceStatus)),
        )
        for index in range(count)
    ]


def test_a_rare_word_counts_more_than_a_common_one():
    one = candidate("common", "Deficiency was seen.")
    other = candidate("rare", "Metformin was seen.")
    assert ranked("metformin deficiency", [one, other]) == ["rare", "common"]


def test_both_words_count_more_than_one_of_them_many_times():
    one = candidate("often", "B12 B12 B12 B12 B12 B12.")
    other = candidate("both", "B12 and metformin.")
    assert ranked("metformin b12", [one, other]) == ["both", "often"]


def test_a_word_in_the_title_counts_more_than_one_in_the_text():
    assert ranked("metformin", [candidate("text", "Metformin."), candidate("title", title="Metformin in people")]) == [
        "title",
        "text",
    ]


def test_a_long_text_needs_a_word_more_often():
    assert ranked("metformin", [candidate("long", "Metformin. " + FILLER * 9), candidate("short", "Metformin.")]) == [
        "short",
        "long",
    ]


def test_subject_headings_are_searched():
    assert ranked("metformin", [candidate("x"), candidate("y", mesh=("Metformin",))]) == ["y"]


def test_neighbours_of_the_question_count_where_they_stand_together():
    together = candidate("b", "Deficiency of the vitamin B12. Oral intake of iron.")
    apart = candidate("a", "Oral deficiency. Iron. B12 of vitamin intake.")
    known = statistics(vitamin=700)
    assert ranked("vitamin B12", [apart, together], known=known) == ["b", "a"]
    hit = rank(build_query("vitamin B12"), [apart, together], known, PLAIN, 1)[0]
    assert "vitamin b12" in {reason.name: reason.detail for reason in hit.reasons}["phrases"]


def test_function_words_do_not_part_neighbours():
    with_words = candidate("a", "Deficiency of the B12.")
    hit = rank(build_query("deficiency B12"), [with_words], statistics(), PLAIN, 1)[0]
    assert "phrases" in {reason.name for reason in hit.reasons}


def test_british_and_american_spelling_find_each_other():
    assert ranked("paediatric anaemia", [candidate("x", "Pediatric anemia.")]) == ["x"]


def test_every_term_of_a_compound_is_found_and_its_parts_are_neighbours():
    hits = rank(build_query("beta blocker"), [candidate("x", "Beta-blockers.")], statistics(), PLAIN, 1)
    assert {reason.name: reason.detail.split(" ")[0] for reason in hits[0].reasons} == {
        "words": "beta",
        "phrases": "beta",
    }
    assert ranked("covid", [candidate("y", "COVID-19.")]) == ["y"]


def test_what_the_first_places_share_lifts_one_that_has_it_too():
    best = [candidate(f"best{n}", "Metformin metformin lowers cobalamin absorption.") for n in range(4)]
    alike = candidate("z-alike", "Metformin and cobalamin absorption of one sort")
    other = candidate("a-other", "Metformin and knitting patterns of one sort")
    crowd = [candidate(f"crowd{n}", f"Metformin and matter number{n} of {n} sorts " + FILLER) for n in range(12)]
    order = ranked("metformin", [*best, alike, other, *crowd], limit=20)
    assert order.index("z-alike") < order.index("a-other")


def test_a_word_that_texts_dwell_on_counts_more_than_one_they_say_in_passing():
    """Both words are as rare in the library, and each stands once in one of the two that are compared."""
    dwelling = [candidate(f"dwelling{n}", "Folate " * 6) for n in range(8)]
    passing = [candidate(f"passing{n}", "Vegan.") for n in range(8)]
    pair = [candidate("a", "Vegan."), candidate("z", "Folate.")]
    known = statistics(folat=300, vegan=300)

    def first(candidates):
        """Which of the pair comes first, without feedback, which would favour what most of the best speak of."""
        without = replace(DEFAULT, feedback=0.0)
        hits = rank(build_query("folate vegan"), candidates, known, PLAIN, 20, without)
        return next(hit.candidate.id for hit in hits if hit.candidate in pair)

    assert first(pair) == "a"
    assert first([*dwelling, *passing, *pair]) == "z"


def test_a_word_of_the_same_family_counts_where_the_word_itself_is_missing():
    alike = candidate("z", "Vegan inhibitors.")
    other = candidate("a", "Vegan knitting.")
    assert ranked("vegan inhibition", [alike, other]) == ["z", "a"]
    hit = rank(build_query("vegan inhibition"), [alike, other], statistics(), PLAIN, 1)[0]
    assert {reason.name: reason.detail.split(" ")[0] for reason in hit.reasons}["family"] == "inhibit"
    said = candidate("said", "Vegan inhibition.")
    assert ranked("vegan inhibition", [alike, said]) == ["said", "z"]
    both = rank(build_query("vegan inhibition"), [candidate("b", "Vegan inhibition by inhibitors.")], statistics(),
                PLAIN, 1)  # fmt: skip
    assert "family" not in {reason.name for reason in both[0].reasons}


def test_a_word_of_the_same_family_counts_in_a_title_too():
    alike = candidate("z", "Vegan.", title="Inhibitors")
    other = candidate("a", "Vegan.", title="Knitting")
    assert ranked("vegan inhibition", [alike, other]) == ["z", "a"]
    hit = rank(build_query("vegan inhibition"), [alike, other], statistics(), PLAIN, 1)[0]
    assert {reason.name: reason.detail.split(" ")[0] for reason in hit.reasons}["family"] == "inhibit"


def test_a_word_of_the_same_family_alone_is_no_hit():
    assert ranked("inhibition", [candidate("a", "Inhibitors.")]) == []


@pytest.mark.parametrize("seed", range(5))
def test_the_first_few_are_the_same_however_many_are_wanted(seed):
    some = random_candidates(seed)
    for wanted in (replace(Preferences(), diversity=0.0), replace(Preferences(), diversity=0.0, per_source=0)):
        every = ranked("oral iron dose for children", some, wanted, limit=40)
        assert [ranked("oral iron dose for children", some, wanted, limit=n) for n in (1, 3, 7)] == [
            every[:1], every[:3], every[:7],
        ]  # fmt: skip


def test_what_speaks_for_a_source_lifts_it_past_all_that_are_a_little_better_by_words():
    crowd = [candidate(f"c{n:02}", "Metformin." + " Then more of it." * n) for n in range(20)]
    scores = [hit.score for hit in rank(build_query("metformin"), crowd, statistics(), PLAIN, 20)]
    lower = next(n for n, score in enumerate(scores) if score < 0.94 * scores[0])
    crowd[lower] = replace(crowd[lower], heading="Results", kind=SourceKind.GUIDELINE, year=2024)
    wanted = replace(PLAIN, evidence=True, recency=True)
    assert ranked("metformin", crowd, wanted, limit=1) == [f"c{lower:02}"]


def test_a_name_from_the_synonyms_finds_what_the_question_did_not_say():
    class Names:
        """Knows one other name."""

        def found_in(self, _words):
            """That name."""
            return [OtherName(("b12",), ("cobalamin",))]

    query = build_query("b12", Names())
    hits = rank(query, [candidate("x", "Cobalamin."), candidate("y", "B12.")], statistics(), PLAIN, 10)
    assert [hit.candidate.id for hit in hits] == ["y", "x"]


def test_a_result_goes_before_a_method():
    assert ranked(
        "metformin",
        [
            candidate("a", "Metformin.", heading="Methods"),
            candidate("b", "Metformin.", heading="Discussion"),
            candidate("c", "Metformin.", heading="Results > Bleeding"),
        ],
    ) == ["c", "b", "a"]


def test_one_hit_of_a_source_unless_more_are_wanted():
    some = [
        candidate("a", "Metformin.", source="one"),
        candidate("b", "Metformin metformin.", source="one"),
        candidate("c", "Metformin.", source="two"),
    ]
    assert ranked("metformin", some) == ["b", "c"]
    assert ranked("metformin", some, replace(PLAIN, per_source=0)) == ["b", "a", "c"]


def test_inside_one_source_all_are_hits():
    some = [candidate(f"p{n}", "Metformin.", source="one") for n in range(6)]
    assert len(ranked("metformin", some)) == 6


def test_inside_one_source_rarity_is_its_own():
    """A word that nearly every passage of the article has says little about which passage is meant."""
    crowd = [candidate(f"p{n}", "B12 B12.", source="one") for n in range(8)]
    wanted = candidate("wanted", "Deficiency.", source="one")
    assert ranked("b12 deficiency", [*crowd, wanted])[0] == "wanted"
    elsewhere = [replace(one, source=one.id) for one in [*crowd, wanted]]
    assert ranked("b12 deficiency", elsewhere)[0] != "wanted"


def test_kind_year_and_standing_part_what_is_else_alike():
    review = candidate("z", "Metformin.", kind=SourceKind.SYSTEMATIC_REVIEW)
    report = candidate("a", "Metformin.", kind=SourceKind.CASE_REPORT)
    assert ranked("metformin", [report, review], replace(PLAIN, evidence=True)) == ["z", "a"]
    assert ranked("metformin", [report, review]) == ["a", "z"]
    old, new = candidate("a", "Metformin.", year=1990), candidate("z", "Metformin.", year=2024)
    assert ranked("metformin", [old, new], replace(PLAIN, recency=True)) == ["z", "a"]
    assert ranked("metformin", [old, new]) == ["a", "z"]
    gone, stands = candidate("a", "Metformin.", status=SourceStatus.SUPERSEDED), candidate("z", "Metformin.")
    assert ranked("metformin", [gone, stands]) == ["z", "a"]


def test_kind_and_year_never_carry_what_is_beside_the_point():
    weak = candidate("weak", "Oral.", kind=SourceKind.GUIDELINE, year=2024)
    good = candidate("good", "Metformin, oral.", kind=SourceKind.CASE_REPORT, year=1980)
    assert ranked("oral metformin", [weak, good], Preferences()) == ["good", "weak"]


def test_nothing_known_of_kind_and_year_changes_nothing():
    some = [replace(one, kind=SourceKind.REFERENCE, year=0) for one in random_candidates(3)]
    for question in ("oral iron dose", "metformin neuropathy"):
        assert ranked(question, some, replace(PLAIN, evidence=True, recency=True)) == ranked(question, some, PLAIN)


def test_a_repetition_is_moved_down():
    first = candidate("a", "Metformin metformin and the oral use of iron tablets")
    again = candidate("b", "Metformin metformin and the oral use of iron tablets")
    other = Candidate("c", "c", "A study of people", "", "Metformin metformin between gastric bands near a river walk")
    wanted = replace(PLAIN, diversity=0.3)
    assert ranked("metformin oral", [first, again, other], wanted)[0] == "a"
    hits = rank(build_query("metformin oral"), [first, again, other], statistics(), wanted, 3)
    repeated = {hit.candidate.id: {reason.name for reason in hit.reasons} for hit in hits}
    assert "repeats" in repeated["b"]
    assert "repeats" not in repeated["a"]


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_the_candidates_makes_no_difference(seed):
    some = random_candidates(seed)
    query = build_query("oral iron dose for children with anaemia")
    expected = rank(query, some, statistics(), Preferences(), 15)
    for shuffle in range(5):
        mixed = random.Random(shuffle).sample(some, len(some))  # noqa: S311
        assert rank(query, mixed, statistics(), Preferences(), 15) == expected


@pytest.mark.parametrize("preferences", [Preferences(), PLAIN, Preferences(per_source=0, diversity=0.5)])
def test_reasons_sum_to_the_score_and_the_order_is_theirs(preferences):
    hits = rank(build_query("oral iron dose"), random_candidates(1), statistics(), preferences, 12)
    assert len(hits) == 12
    assert [hit.rank for hit in hits] == list(range(1, 13))
    for hit in hits:
        assert sum(reason.value for reason in hit.reasons) == pytest.approx(hit.score, abs=1e-9)
        assert hit.score > 0
    assert len({hit.candidate.id for hit in hits}) == 12
    if not preferences.diversity:
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_equal_scores_are_put_by_id():
    assert ranked("metformin", [candidate(name, "Metformin.") for name in "cab"]) == ["a", "b", "c"]


def test_the_same_candidate_twice_is_one_hit():
    one = candidate("a", "Metformin.")
    assert ranked("metformin", [one, one]) == ["a"]


@pytest.mark.parametrize(
    ("question", "candidates", "limit"),
    [("", [candidate("a", "x")], 5), ("metformin", [], 5), ("metformin", [candidate("a", "Iron.")], 5),
     ("metformin", [candidate("a", "Metformin.")], 0)],
)  # fmt: skip
def test_nothing_asked_offered_matched_or_wanted_gives_nothing(question, candidates, limit):
    assert ranked(question, candidates, limit=limit) == []


def test_figures_that_are_missing_stop_nothing():
    empty = Statistics(0, {}, {})
    assert ranked("metformin b12", [candidate("a", "Metformin."), candidate("b", "Iron.")], known=empty) == ["a"]


@given(st.lists(st.tuples(st.text(), st.text(), st.text()), max_size=8), st.text())
def test_any_words_can_be_ranked(texts, question):
    some = [Candidate(str(n), str(n), title, heading, text) for n, (title, heading, text) in enumerate(texts)]
    hits = rank(build_query(question), some, Statistics(len(some), {}, LENGTHS), Preferences(), 3)
    assert len(hits) <= 3
