"""Wordings that a person might propose, by hand: what spoils the meaning, and what keeps it.

Each row: a name, the statement, what is replaced in the clinical text by what, and in the plain text ("" for nothing).
"""

from __future__ import annotations

V = "vitamin-b12/"

LOW, MONTHS = V + "b12-low", V + "reticulocyte-rise-us"
BYPASS, LABEL = V + "bypass-sleeve-b12-gb", V + "hydroxocobalamin-label-us"
LEBER, COBALT = V + "avoid-cyanocobalamin-possible-leber", V + "cobalt-allergy-refer"
ALONE, ASSAY = V + "medicine-not-stopped-alone-gb", V + "anti-if-after-injection"
NEURO, VEIN = V + "treat-megaloblastic-neuro-gb", V + "hydroxocobalamin-not-intravenous-gb"
VEGAN, INJECTION = V + "vegan-supplement-gb", V + "route-no-injection"
MMA, POTASSIUM = V + "mma-not-raised-unlikely", V + "low-potassium-emergency"
ORAL, NASAL = V + "oral-malabsorption-gb", V + "nasal-dose-us"
GREY, SCREEN = V + "b12-indeterminate", V + "no-screening-us"
REVIEW, PREGNANT = V + "first-review-gb", V + "low-in-pregnancy-gb"
METFORMIN, ACID = V + "metformin-test-symptoms-gb", V + "acid-suppression-risk"
SUICIDE, COELIAC = "safety/emergency-suicide", V + "dis-coeliac-consider-gb"

SPOILED = (
    ("number in one", LOW, ("180", "170"), None),
    ("number in both", LOW, ("180", "170"), ("180", "170")),
    ("unit in both", LOW, ("180 ng/L", "180 pmol/L"), ("180 ng/L", "180 pmol/L")),
    ("comparator in both", LOW, ("below 180", "above 180"), ("below 180", "above 180")),
    ("up to becomes at least", MMA, ("up to 280", "at least 280"), ("up to 280", "at least 280")),
    ("edge of the range", GREY, ("180 to 350", "180 to 400"), ("180 to 350", "180 to 400")),
    ("a figure in words, in both", REVIEW, ("3 months", "three months"), ("3 months", "three months")),
    ("one in words", REVIEW, ("1 month", "one month"), ("1 month", "one month")),
    ("half", BYPASS, ("1 mg IM", "1 mg (half an ampoule) IM"), ("1 mg into", "1 mg (half an ampoule) into")),
    ("twice", ORAL, ("1 mg daily", "1 mg twice daily"), ("1 mg daily", "1 mg twice daily")),
    (
        "threshold dropped",
        LOW,
        ("below 180 ng/L (the same in pg/mL) ", ""),
        ("below 180 ng/L (the same in pg/mL) ", ""),
    ),
    ("dose dropped", ORAL, ("at least 1 mg daily", "it daily"), ("at least 1 mg daily", "it daily")),
    ("at least dropped", ORAL, ("at least 1 mg", "1 mg"), ("at least 1 mg", "1 mg")),
    ("exponent", ORAL, ("1 mg daily", "1e3 mg daily"), ("1 mg daily", "1e3 mg daily")),
    ("ordinal", REVIEW, ("at 3 months", "at the 4th of 3 months"), ("at 3 months", "at the 4th of 3 months")),
    ("figures exchanged", LABEL, ("5 to 10 days", "10 days"), ("5 to 10 days", "10 days")),
    ("digit of another script", LOW, ("180", "1\u0668\u0660"), ("180", "1\u0668\u0660")),
    ("fraction sign", ORAL, ("1 mg", "1\xbd mg"), ("1 mg", "1\xbd mg")),
    ("route", BYPASS, ("IM every", "orally every"), ("into a muscle every", "by mouth every")),
    ("vein for muscle", VEIN, ("injected IM, not intravenously", "injected intravenously, not IM"), None),
    (
        "vein for muscle in both",
        VEIN,
        ("injected IM, not intravenously", "injected intravenously, not IM"),
        ("into a muscle (IM), not into a vein", "into a vein, not into a muscle (IM)"),
    ),
    ("medicine", BYPASS, ("hydroxocobalamin", "cyanocobalamin"), ("hydroxocobalamin", "cyanocobalamin")),
    ("frequency", NASAL, ("nostril weekly", "nostril daily"), ("nostril weekly", "nostril daily")),
    ("population widened", SCREEN, ("average-risk adults", "anybody"), ("Adults at average risk", "People")),
    ("another population", MONTHS, ("for anaemia", "for children"), ("In anaemia (too few red cells)", "In children")),
    ("pregnancy dropped", PREGNANT, (" in pregnancy", ""), (" in pregnancy", "")),
    ("surgery widened", BYPASS, ("Roux-en-Y bypass or sleeve gastrectomy", "surgery"), None),
    ("another condition", METFORMIN, ("anaemia, neuropathy", "anaemia, fever"), ("nerve symptoms", "fever")),
    ("not dropped", SCREEN, ("Do not screen", "Screen"), ("do not need", "need")),
    ("not dropped in plain only", ALONE, None, ("Do not stop such a medicine alone", "Stop such a medicine alone")),
    ("avoid becomes use", LEBER, ("avoid cyanocobalamin", "use cyanocobalamin"), ("is to be avoided", "is to be used")),
    ("not added", LOW, ("is read", "is not read"), ("is read", "is not read")),
    (
        "not moved",
        GREY,
        ("does not prove deficiency and does not exclude it", "does not prove deficiency and excludes it"),
        ("it does not rule it out", "it rules it out"),
    ),
    ("unless dropped", NEURO, (", unless allergic to cobalt or cobalamin", ""), None),
    (
        "unless dropped in both",
        NEURO,
        (", unless allergic to cobalt or cobalamin", ""),
        (" With an allergy to cobalt or B12 (cobalamin), this does not hold.", ""),
    ),
    (
        "exception dropped in plain only",
        NEURO,
        None,
        (" With an allergy to cobalt or B12 (cobalamin), this does not hold.", ""),
    ),
    ("only dropped", NEURO, ("only if that costs", "if that costs"), ("only if that costs", "if that costs")),
    ("if dropped", LEBER, (" if Leber's hereditary optic neuropathy is possible", ""), None),
    (
        "condition dropped in both",
        COELIAC,
        ("In unexplained B12 deficiency, one", "One"),
        ("If low B12 is unexplained, one", "One"),
    ),
    ("caution dropped from plain only", ASSAY, None, (", but do not let this delay an urgent dose", "")),
    ("caution dropped from clinical only", ASSAY, ("; do not delay an urgent dose", ""), None),
    ("caution dropped from both", SUICIDE, (" and do not leave the person alone", ""), (", and do not stay alone", "")),
    ("allergy dropped", COBALT, ("cobalt or cobalamin allergy and possible", "possible"), None),
    (
        "today dropped",
        COBALT,
        (", today if there are neurological signs or severe anaemia", ""),
        (" It must be today with nerve signs or severe anaemia (far too few red blood cells).", ""),
    ),
    ("emergency softened", POTASSIUM, (", is an emergency: get emergency help", ": see a doctor"), None),
    ("without delay dropped", COBALT, (" without delay", ""), (" without delay", "")),
    ("prescriber dropped", ALONE, (": the prescriber reviews it", ""), (": the prescriber reviews it", "")),
    (
        "consider becomes should",
        COELIAC,
        ("may be considered", "should be done"),
        ("may be considered", "should be done"),
    ),
    ("consider becomes take", VEGAN, ("consider a B12 supplement", "take a B12 supplement"), None),
    ("can becomes must", INJECTION, ("can be considered", "must be considered"), ("can then be", "must then be")),
    ("do becomes consider", REVIEW, ("Review B12", "Consider reviewing B12"), ("will review", "may review")),
    ("recommended becomes possible", BYPASS, ("is recommended", "is possible"), ("are recommended", "are possible")),
    ("cause made of a link", ACID, ("goes with a higher risk of", "causes"), ("goes with a higher risk of", "causes")),
    ("higher becomes lower", ACID, ("higher risk", "lower risk"), ("higher risk", "lower risk")),
    ("unlikely becomes excluded", MMA, ("is unlikely", "is excluded"), ("is then unlikely", "is then excluded")),
    ("often becomes always", V + "mild-tingling-often-unrelated", ("is often", "is always"), ("is often", "is always")),
    ("life becomes a year", BYPASS, (" for life", " for a year"), (" for life", " for a year")),
    (
        "a second dose",
        ORAL,
        ("1 mg daily.", "1 mg daily. Then give 2 mg weekly."),
        ("1 mg daily.", "1 mg daily. Then a prescriber would use 2 mg weekly."),
    ),
    (
        "a second dose of the same size",
        ORAL,
        ("1 mg daily.", "1 mg daily. Repeat 1 mg at night."),
        ("1 mg daily.", "1 mg daily. Repeat 1 mg at night."),
    ),
    ("advice added", LOW, ("deficiency.", "deficiency: start treatment."), ("B12.", "B12. Treatment is started.")),
    ("reassurance added", GREY, ("exclude it.", "exclude it. It is harmless."), ("it out.", "it out. It is harmless.")),
    ("another test", V + "gastritis-endoscopy-gb", ("refer for endoscopy", "refer for colonoscopy"), None),
    (
        "the same strange word in both",
        V + "gastritis-endoscopy-gb",
        ("endoscopy", "colonoscopy"),
        ("endoscopy", "colonoscopy"),
    ),
    ("an identifier", LOW, ("deficiency.", "deficiency (PMID 12345678)."), None),
    ("an issuer", V + "lab-range-first-gb", ("NICE", "WHO"), ("NICE", "WHO")),
    ("a country", V + "dis-lower-limit-review-us", ("US review", "UK review"), ("US review", "UK review")),
    ("a letter of another script", SCREEN, ("Do not", "Do n\u043et"), None),
    ("an invisible character", LOW, ("180", "18\u200b0"), None),
    ("text turned round", LOW, ("180", "\u202e180"), None),
    ("a mark of the format", LOW, ("deficiency.", "deficiency.]{#x dose=yes}"), None),
    ("a line of markup", LOW, None, ("B12.", "B12.<br>{clinician}")),
    ("no full stop", LOW, ("deficiency.", "deficiency"), None),
    ("the voice of an order", ORAL, None, ("A prescriber would use at least", "Take at least")),
    (
        "plain too long in one sentence",
        LOW,
        None,
        (
            "B12.",
            "B12, and so that is how it is known, said, named, called and written here and there by people.",
        ),
    ),
)

MISSED = (
    (
        "the other first",
        V + "newest-result-drives",
        ("use the newest; keep older ones", "use older ones; keep the newest"),
        ("use the newest. Older ones", "use older ones. The newest"),
    ),
)
"""Spoiled all the same, and not found: two things that changed places without a word that shows it."""

HONEST = (
    ("counts as", LOW, ("is read as", "counts as"), ("is read as", "counts as")),
    ("passive", COELIAC, None, ("may be considered", "can be considered")),
    ("will be reviewed", REVIEW, None, ("will review B12 treatment", "reviews B12 treatment")),
    ("gloss dropped", MONTHS, None, ("In anaemia (too few red cells)", "In anaemia")),
    ("for life", BYPASS, None, ("B12 injections are recommended for life", "lifelong B12 injections are recommended")),
    (
        "review again",
        REVIEW,
        None,
        ("Your doctor will review B12 treatment at 3 months", "B12 treatment is reviewed by your doctor at 3 months"),
    ),
    ("do not need", SCREEN, None, ("do not need a screening test", "do not need screening tests")),
    ("refer or send", COBALT, ("refer to an allergy service", "send to an allergy service"), None),
    ("neuropathy first", METFORMIN, ("anaemia, neuropathy", "neuropathy, anaemia"), None),
    (
        "if for with",
        GREY,
        None,
        (
            "It does not prove a lack of B12, and it does not rule it out.",
            "It does not prove a lack of B12 and does not rule it out.",
        ),
    ),
    ("unless as except", NEURO, ("unless allergic to", "except with allergy to"), None),
    ("two sentences", V + "several-facts-decide", ("; a B12 number", ". A B12 number"), None),
    ("one sentence", V + "several-facts-decide", None, (" decide together. A B12", " decide together; a B12")),
    ("mayn't", MMA, None, ("is not raised", "isn't raised")),
    (
        "tablets by mouth",
        V + "newest-result-drives",
        None,
        ("When there are several B12 results, use the newest.", "Use the newest when there are several B12 results."),
    ),
    (
        "the pill",
        V + "contraceptive-lowers-b12-gb",
        None,
        ("that the blood test measures", "measured by the blood test"),
    ),
    ("unmask", V + "polycythaemia-unmasked-us", ("may unmask", "may reveal"), ("may bring to light", "may reveal")),
    ("blunts", V + "chloramphenicol-blunts-response-gb", ("blunt", "weaken"), None),
    ("B12 named in full", LOW, ("total B12", "total vitamin B12"), ("total B12", "total vitamin B12")),
    ("illness", V + "inherited-disorder-metabolic-team", ("disorder", "disease"), None),
    (
        "condition last",
        NEURO,
        None,
        (
            "With an allergy to cobalt or B12 (cobalamin), this does not hold.",
            "This does not hold with an allergy to cobalt or B12 (cobalamin).",
        ),
    ),
    (
        "order of the clauses",
        LEBER,
        ("With new visual loss, avoid cyanocobalamin", "Avoid cyanocobalamin with new visual loss"),
        None,
    ),
    (
        "watched",
        V + "potassium-with-heart-medicines",
        ("potassium is watched", "potassium is monitored"),
        ("Potassium is watched", "Potassium is monitored"),
    ),
    (
        "result for number",
        V + "several-facts-decide",
        ("a B12 number", "a B12 result"),
        ("A B12 number", "A B12 result"),
    ),
    (
        "without for no",
        V + "indeterminate-well",
        None,
        (
            "Without symptoms, a B12 result in the grey zone alone does not show a lack of B12.",
            "A B12 result in the grey zone alone, without symptoms, does not show a lack of B12.",
        ),
    ),
    (
        "cannot",
        ALONE,
        None,
        ("Some medicines may cause a lack of B12.", "A lack of B12 may be caused by some medicines."),
    ),
)
