"""Classes of words that decide what a sentence says, as the stems of :mod:`bedside.evidence.analysis`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bedside.evidence.analysis import terms


def stems(words: str) -> frozenset[str]:
    """The stems of *words*, a string with spaces between."""
    return frozenset(terms(words))


UP = stems(
    "increase rise raise elevate elevation higher high greater more over enhance enhancement upregulate promote "
    "augment exacerbate worsen stimulate activate activation induce accelerate grow growth gain expand expansion "
    "large larger longer faster boost strengthen excess surge amplify"
)
DOWN = stems(
    "decrease reduce reduction lower low less fewer decline fall fell drop attenuate diminish downregulate "
    "suppress suppression inhibit inhibition impair impairment loss lose block prevent prevention limit "
    "ameliorate alleviate mitigate shorten shorter slow slower small smaller weaken deplete depletion deficit "
    "deficient deficiency minimize curb eliminate disrupt"
)
NEGATING = stems(
    "no not never neither nor without none cannot lack absence absent fail failure unable nobody nothing unlikely "
    "hardly rarely exclude zero non negative unaffected unchanged independent ineffective unrelated prohibit "
    "ineligible exempt free insufficient inadequate"
)
GOOD = stems(
    "effective efficacy benefit beneficial improve improvement protect protective protection safe safely safety "
    "help success successful useful favorable tolerate recover recovery treat cure better superior survive "
    "survival healthy good advantage"
)
BAD = stems(
    "harm harmful adverse toxic toxicity death mortality die fatal severe worse worsen damage dangerous disease "
    "risk fail inferior poor complication infection ineffective useless bad kill"
)

COUNTED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "up": UP,
        "down": DOWN,
        "good": GOOD,
        "bad": BAD,
        "hedge": stems(
            "may might could can possible possibly potential potentially suggest appear likely probably perhaps "
            "hypothesis hypothesize suspect speculate seem indicate propose would should"
        ),
        "open": stems(
            "unknown unclear uncertain uncertainty controversial debate inconclusive remain further future "
            "investigate investigation whether aim evaluate objective question elusive understood need warrant "
            "review we explore assess purpose examine"
        ),
        "finding": stems(
            "find found show shown demonstrate conclude conclusion result reveal observe confirm evidence "
            "significant significantly identify report"
        ),
        "cause": stems(
            "cause causal lead led due result trigger induce responsible effect affect influence impact role "
            "drive drives"
        ),
        "association": stems(
            "associate association correlate correlation link relate relationship risk predict predictor"
        ),
        "all": stems(
            "all every each always entire whole any complete completely only solely exclusively must everyone "
            "entirely exactly identical same"
        ),
        "some": stems("some several certain sometimes few one various multiple many part partly least"),
        "most": stems("most majority mostly main mainly predominantly largely half"),
        "more": stems("more than greater higher larger most better superior stronger longer"),
        "less": stems("less fewer than lower smaller worse inferior least shorter weaker"),
        "barred": stems("ineligible exclude exclusion prohibit ban prevent refuse forbid reject bar disqualify exempt"),
    }
)
"""Classes whose words are counted in the claim and in the sentence nearest to it, by the name of the count."""

ADMITTED = stems(
    "eligible eligibility participate participation enroll enrol enrolled enrolment enrollment admit permit allow "
    "accept include inclusion candidate suitable join entry"
)

_OPPOSITES = """
    male men man boy / female women woman girl
    child children young younger infant adolescent pediatric paediatric / adult old older elderly
    early earlier before first initial / late later after last delay
    acute short / chronic long
    positive present presence / negative absent absence
    agonist activator activation activate / antagonist inhibitor inhibition inhibit
    mild moderate asymptomatic / severe serious critical
    same similar equal identical comparable / different differ differently distinct unlike dissimilar
    common frequent often usually / rare rarely uncommon infrequent seldom
    necessary require essential need / dispensable unnecessary redundant optional
    resistant resistance / sensitive sensitivity susceptible susceptibility
    oral / intravenous injection subcutaneous topical intramuscular
    upstream / downstream
    direct directly / indirect indirectly
    internal inner / external outer
    maternal mother / paternal father
    begin start initiate onset / end stop cease discontinue withdrawal
    hyperglycemia hypertension / hypoglycemia hypotension
    success successful succeed / fail failure unsuccessful
    major large many high / minor small few low
    support / oppose refute contradict
    stable unchanged / unstable change
"""
OPPOSITES: tuple[tuple[frozenset[str], frozenset[str]], ...] = (
    (UP, DOWN),
    (GOOD, BAD),
    *((stems(one), stems(other)) for one, _, other in (row.partition("/") for row in _OPPOSITES.strip().splitlines())),
)
"""Pairs of classes whose words exclude each other of one thing."""

_ALIKE = """
    death die dead mortality fatal fatality lethal
    covid19 sarscov2 coronavirus ncov covid
    cancer tumor carcinoma neoplasm malignancy malignant oncology
    child children pediatric kid
    infant baby neonate newborn neonatal
    elderly older aged senior geriatric
    physician doctor clinician
    drug medication medicine therapy treatment treat
    heart cardiac cardiovascular myocardial coronary
    kidney renal
    liver hepatic
    lung pulmonary respiratory
    brain cerebral neural neurological
    blood hematologic plasma serum
    bone skeletal osseous
    skin cutaneous dermal
    stomach gastric
    hypertension hypertensive
    diabetes diabetic
    obesity obese overweight
    smoking smoker tobacco cigarette
    infection infect infected infectious
    vaccine vaccination immunization
    spread transmission transmit transmissible contagious
    symptom symptomatic
    hospital hospitalization hospitalized admission
    mask face respirator
    woman women female
    man men male
    pregnancy pregnant gestation gestational
    increase rise raise elevate higher
    decrease reduce lower decline reduction
    risk likelihood probability odds chance hazard
    illness disease disorder condition sickness
    severe serious critical
    prevent protect prevention protection protective prophylaxis
    test testing assay diagnostic detection
    virus viral
    mutation mutate mutant variant
    gene genetic genetically genome
    mouse mice murine rodent rat
    patient participant subject people individual person
    trial study
    cohort group arm
    surgery surgical operation resection
    nausea vomiting emesis
    anemia hemoglobin
    pain ache painful
    fever pyrexia febrile temperature
    fatigue tired tiredness weakness
    rash skin dermatitis
    thrombosis thrombotic clot embolism thromboembolic
    stroke cerebrovascular
    aids hiv
    steroid corticosteroid dexamethasone glucocorticoid
    week weekly
    day daily
    month monthly
    year yearly annual
    oral orally mouth
    intravenous iv infusion intravenously
    chemotherapy chemo
    radiotherapy radiation
    metastasis metastases metastatic
    bat chiroptera
    distancing lockdown quarantine isolation
    asymptomatic presymptomatic
    antibody immunoglobulin seroprevalence
    heat warm weather climate temperature
    humidity humid
    hydroxychloroquine chloroquine
    angiotensin ace2 ace arb
    air airborne aerosol droplet
"""


def _groups() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for index, row in enumerate(_ALIKE.strip().splitlines()):
        for stem in stems(row):
            found.setdefault(stem, set()).add(index)
    return {stem: frozenset(groups) for stem, groups in found.items()}


GROUPS: Mapping[str, frozenset[int]] = MappingProxyType(_groups())
"""Stem -> the groups of near synonyms it belongs to. Broader than synonyms for search: near is enough here."""
