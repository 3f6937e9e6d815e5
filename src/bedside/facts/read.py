"""Reading: free text in, typed facts out. Never fails; what cannot be read is simply not known."""

from __future__ import annotations

from bedside.facts.anaphora import not_mine, pointed_back
from bedside.facts.care import care, time_on_treatment
from bedside.facts.concerns import concerns
from bedside.facts.creatinine_rise import creatinine_rise
from bedside.facts.demographics import demographics
from bedside.facts.drugs import read_drugs
from bedside.facts.fact import Facts
from bedside.facts.labs import labs
from bedside.facts.last_episode import last_episode
from bedside.facts.merge import merged
from bedside.facts.pressure import pressures
from bedside.facts.reading import take_apart
from bedside.facts.symptoms import symptoms
from bedside.facts.thousands import settled
from bedside.facts.untreated import untreated
from bedside.facts.vital_alarms import vital_alarms
from bedside.facts.vitals import vitals
from bedside.facts.vocabulary import Vocabulary


def read_facts(text: str, vocabulary: Vocabulary, turn: int = 0) -> Facts:
    """Read every fact about the patient from *text*, in order, with what is doubtful about the values.

    *turn* is 0 for the question and counts the later turns of a thread. The work is linear in the length of the text.
    """
    reading = take_apart(text, vocabulary, turn)
    measured = pressures(reading)
    signs = vitals(reading)
    who = demographics(reading)
    how = care(reading)
    treatment, treated = read_drugs(reading)
    so_far = time_on_treatment(reading)
    results = labs(reading, treated, measured)
    denied = [*pointed_back(reading), *not_mine(reading), *untreated(reading, treatment)]
    read = [*who, *signs, *vital_alarms(signs), *how, *treatment, *denied, *so_far, *results]
    read += [*creatinine_rise(reading), *last_episode(reading), *symptoms(reading)]
    facts = merged(read, vocabulary)
    facts, doubts = settled(facts, reading)
    return Facts(facts, (*doubts, *concerns(facts, vocabulary)))
