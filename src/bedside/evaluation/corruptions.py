"""The ways of spoiling a true sentence, by name: the catalogue of what a checker must catch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bedside.evaluation import (
    spoil_additions,
    spoil_bounds,
    spoil_direction,
    spoil_figures,
    spoil_polarity,
    spoil_quotations,
    spoil_sources,
    spoil_strength,
    spoil_substance,
    spoil_time,
    spoil_units,
)
from bedside.evaluation.spoiled import Spoil, WordingSpoil, of_wording


@dataclass(frozen=True, slots=True)
class Corruption:
    """One way of spoiling: its ``kind``, the ``group`` it is counted in, and the function.

    ``wording`` is the spoil of the words alone, where it is one: it can then be put on an honest rewording as well.
    """

    kind: str
    group: str
    spoil: Spoil
    wording: WordingSpoil | None = None


def _of_wordings(group: str, spoils: Mapping[str, WordingSpoil]) -> tuple[Corruption, ...]:
    return tuple(Corruption(kind, group, of_wording(spoil), spoil) for kind, spoil in spoils.items())


def _of_sources(group: str, spoils: Mapping[str, Spoil]) -> tuple[Corruption, ...]:
    return tuple(Corruption(kind, group, spoil) for kind, spoil in spoils.items())


_ALL = (
    *_of_wordings("number", {
        "number": spoil_figures.change_number, "digits-transposed": spoil_figures.transpose_digits,
        "decimal-shifted": spoil_figures.shift_decimal, "scaled-100-or-1000": spoil_figures.scale_by_thousand,
        "decimal-head-dropped": spoil_figures.drop_before_point, "decimal-point-dropped": spoil_figures.drop_point,
        "sign-dropped": spoil_bounds.drop_sign, "range-edge": spoil_bounds.move_range_edge,
        "range-flattened": spoil_bounds.flatten_range, "percent-to-points": spoil_units.percent_to_points,
        "percent-to-count": spoil_units.percent_to_count, "results-exchanged": spoil_direction.exchange_results,
    }),
    *_of_sources("number", {
        "behind-bracket": spoil_additions.spoil_behind_bracket, "figure-of-another": spoil_additions.figure_of_another,
    }),
    *_of_wordings("unit", {"unit": spoil_units.change_unit}),
    *_of_wordings("time", {
        "frequency": spoil_time.change_frequency, "duration": spoil_time.change_duration,
        "date": spoil_time.change_date,
        "order-in-time": spoil_time.swap_order,
    }),
    *_of_wordings("comparator", {
        "comparator": spoil_bounds.swap_comparator, "comparator-edge": spoil_bounds.move_boundary,
    }),
    *_of_wordings("negation", {
        "negation-added": spoil_polarity.add_negation, "negation-dropped": spoil_polarity.drop_negation,
        "significance": spoil_polarity.turn_significance,
    }),
    *_of_wordings("direction", {
        "direction": spoil_direction.flip_direction, "arms-exchanged": spoil_direction.exchange_arms,
    }),
    *_of_wordings("drug", {"drug": spoil_substance.swap_drug}),
    *_of_wordings("route", {"route": spoil_substance.swap_route}),
    *_of_wordings("population", {
        "population": spoil_substance.swap_population, "setting": spoil_substance.swap_setting,
    }),
    *_of_wordings("scope", {
        "condition-dropped": spoil_substance.drop_condition, "exception-dropped": spoil_substance.drop_exception,
    }),
    *_of_wordings("strength", {
        "advice-raised": spoil_strength.raise_advice, "certainty-raised": spoil_strength.raise_certainty,
        "association-to-cause": spoil_strength.raise_to_cause, "surrogate-to-outcome": spoil_strength.swap_surrogate,
        "quantity-raised": spoil_strength.raise_quantity,
    }),
    *_of_sources("citation", {
        "citation-near": spoil_sources.cite_near, "citation-far": spoil_sources.cite_far,
        "citation-missing": spoil_sources.cite_nothing, "citation-unknown": spoil_sources.cite_unknown,
        "contradicted-by-other": spoil_sources.contradict_by_other,
    }),
    *_of_sources("stitching", {
        "stitched-within": spoil_sources.stitch_within, "stitched-across": spoil_sources.stitch_across,
        "foreign-joined": spoil_sources.join_foreign,
    }),
    *_of_sources("quotation", {
        "quotation-invented": spoil_quotations.invent, "quotation-of-another": spoil_quotations.far_quotation,
        "quotation-misattributed": spoil_quotations.attribute, "quotation-paraphrased": spoil_quotations.paraphrase,
        "quotation-word-lost": spoil_quotations.lose_word, "quotation-altered": spoil_quotations.alter,
        "quotation-stitched": spoil_quotations.stitch, "quotation-reordered": spoil_quotations.reorder,
    }),
    *_of_sources("addition", {
        "tail-added": spoil_additions.add_tail, "absence-claimed": spoil_additions.claim_absence,
        "identifier-invented": spoil_additions.invent_identifier,
    }),
)  # fmt: skip

CORRUPTIONS: Mapping[str, Corruption] = {each.kind: each for each in _ALL}
"""Every way of spoiling, by kind."""
