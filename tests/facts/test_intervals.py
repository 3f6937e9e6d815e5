"""Intervals of injections and exposures in shorthand and in words."""

import pytest

from tests.facts.lines import lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "hydroxocobalamin 1 mg q3 months, sx free",
            {"hydroxocobalamin_im 1 mg", "hydroxocobalamin_im_frequency every 3 months", "asymptomatic"},
        ),
        ("hydroxocobalamin 1mg IM q12w", {"hydroxocobalamin_im 1 mg", "hydroxocobalamin_im_frequency every 12 weeks"}),
        ("B12 injection q 12 weeks", {"b12_im_unspecified", "b12_im_unspecified_frequency every 12 weeks"}),
        (
            "hydroxocobalamin 1 mg every 3/12",
            {"hydroxocobalamin_im 1 mg", "hydroxocobalamin_im_frequency every 3 months"},
        ),
        ("hydroxo 1mg IM q3/12", {"hydroxocobalamin_im 1 mg", "hydroxocobalamin_im_frequency every 3 months"}),
        ("hydroxocobalamin 1 mg 3/12ly", {"hydroxocobalamin_im 1 mg", "hydroxocobalamin_im_frequency every 3 months"}),
        (
            "hydroxocobalamin IM 1 mg 3 mthly",
            {"hydroxocobalamin_im 1 mg", "hydroxocobalamin_im_frequency every 3 months"},
        ),
        ("hydroxocobalamin 1mg IM q3mo", {"hydroxocobalamin_im 1 mg", "hydroxocobalamin_im_frequency every 3 months"}),
        ("cyanocobalamin 1000 mcg IM qmonth", {"cyanocobalamin_im 1000 mcg", "cyanocobalamin_im_frequency monthly"}),
        ("B12 jabs every second month", {"b12_im_unspecified", "b12_im_unspecified_frequency every 2 months"}),
        ("I use balloons most weekends", {"nitrous_oxide", "nitrous_oxide_frequency most weekends"}),
        ("I do NOS at weekends", {"nitrous_oxide", "nitrous_oxide_frequency at weekends"}),
        (
            "nitrous a few times a month, sx-free",
            {"nitrous_oxide", "nitrous_oxide_frequency a few times a month", "asymptomatic"},
        ),
        ("hydroxocobalamin 1mg IM 3/12", {"hydroxocobalamin_im 1 mg", "hydroxocobalamin_im_frequency every 3 months"}),
        ("hydroxocobalamin 1 mg IM for 3/12", {"hydroxocobalamin_im 1 mg", "hydroxocobalamin_im_duration 3 months"}),
        (
            "metformin 1 g bd for 6/12",
            {"metformin 1 g", "metformin_frequency twice daily", "metformin_duration 6 months"},
        ),
        ("B12 shots 2-monthly", {"b12_im_unspecified", "b12_im_unspecified_frequency every 2 months"}),
        ("hydroxocobalamin q10wks", {"hydroxocobalamin_im", "hydroxocobalamin_im_frequency every 10 weeks"}),
        ("hydroxocobalamin 1 mg IM x 3/12", {"hydroxocobalamin_im 1 mg", "hydroxocobalamin_im_duration 3 months"}),
    ],
)
def test_an_interval(read, text, expected):
    """Each wording gives the interval, and a duration stays a duration."""
    assert lines(read(text)) == expected
