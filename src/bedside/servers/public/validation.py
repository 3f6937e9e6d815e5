"""Figures of validation, as docs/evaluation.md has them; a test holds the two together. None is given without the
command that measures it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One group of the examination: how many items, the share right with its interval, and the share with another seed
    at whose misses nobody looked."""

    group: str
    items: int
    right: str
    interval: str
    other_seed: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One examination: what was examined, the file of the repository that reports it, and the command."""

    title: str
    file: str
    command: str
    measured: str
    rows: tuple[Row, ...]


EVALUATION = Evaluation(
    title="The checker, by sentences that were spoiled and sentences that were not",
    file="docs/evaluation.md",
    command="bedside evaluate claims --data ../shared/data",
    measured="22 November 2026",
    rows=(
        Row("number (caught)", 1873, "99.4%", "99.0% to 99.7%", "99.6%"),
        Row("unit (caught)", 150, "100.0%", "97.5% to 100.0%", "98.7%"),
        Row("time (caught)", 539, "99.1%", "97.8% to 99.6%", "98.7%"),
        Row("comparator (caught)", 259, "100.0%", "98.5% to 100.0%", "100.0%"),
        Row("negation (caught)", 450, "99.1%", "97.7% to 99.7%", "99.1%"),
        Row("direction (caught)", 300, "94.0%", "90.7% to 96.2%", "94.3%"),
        Row("drug (caught)", 150, "100.0%", "97.5% to 100.0%", "100.0%"),
        Row("route (caught)", 150, "100.0%", "97.5% to 100.0%", "100.0%"),
        Row("population (caught)", 300, "98.7%", "96.6% to 99.5%", "98.3%"),
        Row("scope (caught)", 237, "85.2%", "80.2% to 89.2%", "84.6%"),
        Row("strength (caught)", 639, "97.8%", "96.4% to 98.7%", "97.6%"),
        Row("citation (caught)", 750, "99.9%", "99.2% to 100.0%", "99.9%"),
        Row("stitching (caught)", 450, "93.3%", "90.6% to 95.3%", "92.2%"),
        Row("quotation (caught)", 1200, "98.5%", "97.6% to 99.0%", "99.0%"),
        Row("addition (caught)", 450, "100.0%", "99.2% to 100.0%", "99.8%"),
        Row("untouched (let stand)", 3000, "100.0%", "99.9% to 100.0%", "100.0%"),
        Row("paraphrase (let stand)", 1829, "97.8%", "97.0% to 98.3%", "96.9%"),
        Row("plain (let stand)", 418, "100.0%", "99.1% to 100.0%", "100.0%"),
        Row("number, reworded first", 348, "98.0%", "95.9% to 99.0%", "99.7%"),
        Row("unit, reworded first", 46, "100.0%", "92.3% to 100.0%", "95.7%"),
        Row("time, reworded first", 134, "99.3%", "95.9% to 99.9%", "97.7%"),
        Row("comparator, reworded first", 55, "100.0%", "93.5% to 100.0%", "100.0%"),
        Row("negation, reworded first", 67, "95.5%", "87.6% to 98.5%", "97.1%"),
        Row("direction, reworded first", 62, "91.9%", "82.5% to 96.5%", "90.9%"),
        Row("drug, reworded first", 39, "100.0%", "91.0% to 100.0%", "100.0%"),
        Row("route, reworded first", 34, "100.0%", "89.8% to 100.0%", "100.0%"),
        Row("population, reworded first", 61, "98.4%", "91.3% to 99.7%", "96.7%"),
        Row("scope, reworded first", 47, "87.2%", "74.8% to 94.0%", "87.2%"),
        Row("strength, reworded first", 144, "97.9%", "94.1% to 99.3%", "98.4%"),
    ),
)
"""The examination of the checker."""
