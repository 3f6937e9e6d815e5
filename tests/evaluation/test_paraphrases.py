"""Each rewording keeps the meaning: it changes the words it names and nothing that matters."""

from __future__ import annotations

import re

import pytest

from bedside.evaluation.material import statement_sentences
from bedside.evaluation.paraphrases import PARAPHRASES
from bedside.ingest.compiled import CompiledContent
from tests.evaluation.made_up import SENTENCES, chance

EXAMPLES = [
    ("synonym", "Tea showed an effect.", {"Tea demonstrated an effect."}),
    ("spelling", "Anaemia was seen.", {"Anemia was seen."}),
    ("clause-order", "In older women, tea was a common drink.", {"Tea was a common drink in older women."}),
    ("voice", "Aspirin reduced pain.", {"Pain was reduced by aspirin.", "Pain was reduced by Aspirin."}),
    ("voice", "The pain was reduced by aspirin.", {"Aspirin reduced the pain."}),
    ("unit-converted", "Give 1 mg.", {"Give 1000 micrograms."}),
    ("unit-converted", "The limit is 350 ng/L.", {"The limit is 350 pg/mL."}),
    ("unit-converted", "It went on for 2 weeks.", {"It went on for 14 days."}),
    ("number-word", "It took two months.", {"It took 2 months."}),
    ("number-word", "It took 3 months.", {"It took three months."}),
    ("threshold-wording", "It is for 18 and over.", {"It is for 18 or older."}),
    ("threshold-wording", "It holds for at least 18, it seems.", {"It holds for 18 or more, it seems."}),
    ("percent-wording", "It fell by 12%.", {"It fell by 12 percent."}),
    ("percent-wording", "It fell by 12 per cent.", {"It fell by 12%."}),
    ("range-wording", "It took 2 to 3 months.", {"It took 2\u20133 months."}),
    ("lead-word-dropped", "However, tea helped.", {"Tea helped."}),
    ("statistic-dropped", "Tea helped (P < 0.001).", {"Tea helped."}),
]
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
SAME_FIGURES = ("synonym", "spelling", "abbreviation", "clause-order", "voice", "lead-word-dropped", "attributed")


@pytest.mark.parametrize(("kind", "sentence", "expected"), EXAMPLES)
def test_a_small_sentence_is_reworded_as_named(kind, sentence, expected):
    """On a sentence with one thing to reword, the outcome is one of the few that can be."""
    assert {PARAPHRASES[kind](sentence, sentence, chance(seed)) for seed in range(10)} <= expected


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("unit-converted", "Give 200 mg."),  # 200000 micrograms: nobody writes that
        ("unit-converted", "People aged 3 years came."),
        ("statistic-dropped", "Urticaria (CIU) was seen."),
        ("clause-order", "Without symptoms, the level alone does not show a lack."),
        ("voice", "All patients improved their scores."),
        ("range-wording", "It rose from 2 to 3 months."),
        ("abbreviation", "The MI rate fell."),
        ("synonym", "It was compared with milk."),
    ],
)
def test_what_would_change_the_meaning_or_read_wrongly_is_left_alone(kind, sentence):
    """No rewording is better than a doubtful one."""
    assert {PARAPHRASES[kind](sentence, sentence, chance(seed)) for seed in range(10)} == {None}


def test_an_abbreviation_goes_both_ways_where_the_passage_defines_it():
    """The long form for the short, and the short for the long."""
    passage = "Myocardial infarction (MI) is common."
    assert PARAPHRASES["abbreviation"]("The MI rate fell.", passage, chance()) == "The Myocardial infarction rate fell."
    assert PARAPHRASES["abbreviation"]("It prevents myocardial infarction.", passage, chance()) == "It prevents MI."


@pytest.mark.parametrize("kind", SAME_FIGURES)
def test_rewording_words_leaves_every_figure_as_it_was(kind):
    """The figures of the shipped statements come through a rewording of the words."""
    for true in (*statement_sentences(CompiledContent.open()), *SENTENCES):
        reworded = PARAPHRASES[kind](true.sentence, true.passage, chance())
        if reworded:
            assert sorted(_FIGURE.findall(reworded)) == sorted(_FIGURE.findall(true.sentence)), reworded


def test_every_kind_of_rewording_applies_somewhere():
    """No rewording is dead on shipped statements and invented abstracts."""
    material = (*statement_sentences(CompiledContent.open()), *SENTENCES)
    dead = {
        kind
        for kind, reword in PARAPHRASES.items()
        if not any(reword(true.sentence, true.passage, chance()) for true in material)
    }
    assert dead == set()
