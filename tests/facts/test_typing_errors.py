"""Typing errors of one letter."""

import pytest

from tests.facts.lines import lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "topirimate 100mg twice daily, metfromin 1g daily, fatige, tinglng in feet. b12 228 pg/ml. thx",
            {
                "topiramate 100 mg",
                "topiramate_frequency twice daily",
                "metformin 1 g",
                "metformin_frequency daily",
                "fatigue",
                "paraesthesia",
                "total_b12 228 pg/mL",
            },
        ),
        (
            "fatige, numbnes and palpitatons. b12 210 ng/l",
            {"fatigue", "numbness", "palpitations", "total_b12 210 ng/L"},
        ),
        ("my eyesight is failing and my B12 is 200", {"visual_loss", "total_b12 200"}),
        ("depresion and forgetfulnes, hydroxocobalmin jab", {"depression", "memory_loss", "hydroxocobalamin_im"}),
        (
            "perncious anaemia, omeprazle 20mg, b12 150 ng/l",
            {"pernicious_anaemia", "omeprazole 20 mg", "total_b12 150 ng/L"},
        ),
        (
            "vegeterain, diarrhoae, unstedy, B12 180 ng/l",
            {"vegetarian_diet", "diarrhoea", "gait_ataxia", "total_b12 180 ng/L"},
        ),
        ("paresthesia, breathlesness, glositis, parasthesiae", {"paraesthesia", "breathlessness", "glossitis"}),
    ],
)
def test_a_typing_error(read, text, expected):
    """A long name with one wrong letter is still read, and an everyday word is not."""
    assert lines(read(text)) == expected


@pytest.mark.parametrize(
    "text",
    ["sailing", "numbers", "trained", "boiling", "singles", "plastics", "calling", "failing", "filling", "contusion",
     "spoiling", "symbols", "strikes", "baloney", "insular", "fertile"],
)  # fmt: skip
def test_an_everyday_word_is_no_typing_error(read, text):
    """A word of its own one letter from a name is left alone."""
    assert lines(read(f"I noticed {text} today.")) == set()
