"""Invented abstracts, written so that every way of spoiling and rewording finds something to do."""

from __future__ import annotations

from random import Random

from bedside.evaluation.abstracts import Abstract
from bedside.evaluation.material import abstract_sentences

TRIAL = Abstract(
    "pubmed:1",
    "BACKGROUND: Myocardial infarction (MI) is common. METHODS: In a randomised trial, 240 adults received oral "
    "enalapril 10 mg daily or placebo in primary care for 12 weeks. RESULTS: Enalapril reduced systolic pressure. "
    "Systolic pressure was significantly lower in the enalapril group than in the placebo group (P < 0.001). "
    "The rates of cough were 12.5% and 3.4% in the enalapril and placebo groups, respectively. "
    "The mean change in weight was -1.6 kg (95% CI -2.4 to -0.8). Headache occurred in 20-35% of the participants. "
    "In total, 40% of patients had at least 2 visits between 1998 and 2004. The plasma level of renin was 0.25 g/L "
    "in those taking 50 mg daily. There was no significant difference in MI after 6 months. "
    "CONCLUSIONS: In patients with heart failure, enalapril may improve survival and should be offered, except in "
    "pregnancy. However, most patients with mild disease were treated with two tablets. Further research is needed "
    "to confirm these findings in rats.",
)
COHORT = Abstract(
    "pubmed:2",
    "BACKGROUND: Diet varies with age. METHODS: This cohort of 900 women was followed by a postal survey for years. "
    "RESULTS: A higher intake of fibre was associated with a lower risk of colonic polyps in older women. Intake of "
    "tea was associated with better sleep quality. The incidence of polyps was higher in the low-fibre group than in "
    "the high-fibre group. CONCLUSIONS: Some women changed their diet before the first survey, and many of them "
    "stayed on it. The evidence on tea is limited evidence from one survey, and its effect on bone mineral density "
    "remains unclear.",
)
OTHER_TRIAL = Abstract(
    "pubmed:3",
    "BACKGROUND: Cough is a common side effect of enalapril. METHODS: In a randomised trial, 180 adults received "
    "losartan or placebo. RESULTS: Cough was reported by nine adults who took the study medicine in winter. Renin "
    "activity was raised threefold among smokers with sleep apnoea. A 23% reduction in the risk of falls was seen with "
    "losartan. CONCLUSIONS: Losartan improved tolerability in adults with cough. Cough during enalapril treatment was "
    "cured in nearly everybody by a change to losartan.",
)
LABORATORY = Abstract(
    "pubmed:4",
    "BACKGROUND: Mitochondrial enzymes age. METHODS: Yeast colonies were grown in glucose broth. RESULTS: Colony size "
    "was doubled by the addition of copper salts to the broth. Enzyme turnover was highest at a temperature of 37.5 "
    "degrees. CONCLUSIONS: Copper salts increased colony size in glucose broth.",
)


def chance(seed: int = 1) -> Random:
    """A source of chance for one call."""
    return Random(seed)  # noqa: S311 - draws test sentences, not secrets


ABSTRACTS = (TRIAL, COHORT, OTHER_TRIAL, LABORATORY)
SENTENCES = abstract_sentences(ABSTRACTS)
