"""Laboratory print-outs: leaders, tables with any separator, units and ranges in their own columns, flags."""

import pytest

from tests.facts.lines import lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Name: -   DOB: -\nVit B12 ......... 119 pmol/L (ref 145-569 pmol/L)\n  Folate .......... 14.2 nmol/L",
            {
                "total_b12 119 pmol/L",
                "lab_reference_low 145 pmol/L",
                "lab_reference_high 569 pmol/L",
                "folate_serum 14.2 nmol/L",
            },
        ),
        ("Vit B12........198 ng/L\nHb.......101 g/L", {"total_b12 198 ng/L", "haemoglobin 101 g/L"}),
        ("Vitamin B12 _____ 230 pg/mL", {"total_b12 230 pg/mL"}),
        (
            "Test,Result,Units,Range\nVitamin B12,150,ng/L,197-771\nFolate,4.2,ug/L,3.9-26.8",
            {
                "total_b12 150 ng/L",
                "lab_reference_low 197 ng/L",
                "lab_reference_high 771 ng/L",
                "folate_serum 4.2 ug/L",
            },
        ),
        (
            (
                "| Test | Result | Flag | Unit | Ref |\n|---|---|---|---|---|\n| Vitamin B12 | "
                "140 | L | ng/L | 200-900 |\n| MCV | 104 | H | fL | 80-100 |"
            ),
            {"total_b12 140 ng/L", "lab_reference_low 200 ng/L", "lab_reference_high 900 ng/L", "mcv 104 fL"},
        ),
        (
            "Vitamin B12      162    pg/mL    211-946    L\nHaemoglobin      9.9    g/dL     12.0-15.5  L",
            {
                "total_b12 162 pg/mL",
                "lab_reference_low 211 pg/mL",
                "lab_reference_high 946 pg/mL",
                "haemoglobin 9.9 g/dL",
            },
        ),
        ("B12 (ng/L): 150", {"total_b12 150 ng/L"}),
        ("Vitamin B12 (pmol/L)  119", {"total_b12 119 pmol/L"}),
        ("Serum B12 [pg/mL] 210", {"total_b12 210 pg/mL"}),
        (
            "Vitamin B12 | ng/L | 150 | 180-914",
            {"total_b12 150 ng/L", "lab_reference_low 180 ng/L", "lab_reference_high 914 ng/L"},
        ),
        ("Vitamin B12\n150 ng/L\nFolate\n3.1 ug/L", {"total_b12 150 ng/L", "folate_serum 3.1 ug/L"}),
        ("Vitamin B12\n150\nng/L", {"total_b12 150 ng/L"}),
        ("B12 150* ng/L", {"total_b12 150 ng/L"}),
        ("B12 L 150 ng/L", {"total_b12 150 ng/L"}),
        ("B12 150 (L) ng/L", {"total_b12 150 ng/L"}),
        ("B12 150 L ng/L, MCV 104 H fL", {"total_b12 150 ng/L", "mcv 104 fL"}),
        ("*Vitamin B12 150 ng/L", {"total_b12 150 ng/L"}),
        ("B12 >2000 H ng/L", {"total_b12 >2000 ng/L"}),
        ("B12..: 150 ng/L", {"total_b12 150 ng/L"}),
        (
            "Result: Vitamin B12; 119; pmol/L; 145-569; L",
            {"total_b12 119 pmol/L", "lab_reference_low 145 pmol/L", "lab_reference_high 569 pmol/L"},
        ),
        ("B12=119;MMA=0.6;Hcy=20", {"total_b12 119", "mma_serum 0.6", "homocysteine 20"}),
        (
            (
                "Analyte;Value;Unit\nTotal B12;247;ng/L\nActive "
                "B12;38;pmol/L\nMMA;301;nmol/L\neGFR;64;mL/min/1.73m2\nHb;12.6;g/dL"
            ),
            {
                "total_b12 247 ng/L",
                "active_b12 38 pmol/L",
                "mma_serum 301 nmol/L",
                "egfr 64 mL/min/1.73m2",
                "haemoglobin 12.6 g/dL",
            },
        ),
        ("B12 . . . . . . . 150 ng/L", {"total_b12 150 ng/L"}),
        (
            "VITAMIN B12 [LOW] 150 ng/L (180-914)",
            {"total_b12 150 ng/L", "lab_reference_low 180 ng/L", "lab_reference_high 914 ng/L"},
        ),
        ("S-B12: 150 ng/L; S-Folate: 4.2 ug/L", {"total_b12 150 ng/L", "folate_serum 4.2 ug/L"}),
        ("B12 150 ng/L 2-3 weeks ago", {"total_b12 150 ng/L"}),
        ("MCV\t104\nPlatelets\t166\nWBC\t3.1", {"mcv 104 fL", "platelets 166 10^9/L", "wbc 3.1 10^9/L"}),
        ("Vitamin B12 - 150 ng/L - Low", {"total_b12 150 ng/L"}),
    ],
)
def test_a_printout_is_read(read, text, expected):
    """Every row gives its test with value and unit, and the range of B12."""
    assert lines(read(text)) == expected
