"""Same in, same out: byte for byte, whatever the process, the order of work or the other reader."""

from __future__ import annotations

import os
import subprocess
import sys

from bedside.desk import Desk
from bedside.rendering.json import render

FOUNDING = (
    "My serum vitamin B12 level is 268 pg/mL while I am taking 1000 micrograms oral cyanocobalamin daily; "
    "what is the appropriate management?"
)


def test_ten_runs_give_the_same_bytes(desk: Desk) -> None:
    """The JSON of ten answers to one question is one text."""
    assert len({render(desk.ask(FOUNDING)) for _ in range(10)}) == 1


def test_hash_seeds_do_not_matter() -> None:
    """Processes with different hash seeds give the same bytes, so no order of a set or dictionary leaks."""
    code = "import sys, bedside; sys.stdout.write(bedside.open().ask(sys.argv[1]).fingerprints.run)"
    seen = set()
    for seed in ("0", "1", "4711"):
        done = subprocess.run(
            [sys.executable, "-c", code, FOUNDING],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        seen.add(done.stdout)
    assert len(seen) == 1


def test_an_earlier_question_leaves_no_trace(desk: Desk) -> None:
    """Asking something else in between changes nothing."""
    before = desk.ask(FOUNDING)
    desk.ask("I am pregnant and my B12 is 150 ng/L with unsteady walking", reader="clinician", region="US")
    assert desk.ask(FOUNDING) == before


def test_the_content_fingerprint_holds_no_patient_value(desk: Desk) -> None:
    """Two values in the same range, with the same advice, share the content fingerprint and differ in the run one."""
    one, other = desk.ask(FOUNDING), desk.ask(FOUNDING.replace("268", "270"))
    assert one.fingerprints.content == other.fingerprints.content
    assert one.fingerprints.run != other.fingerprints.run


def test_the_content_fingerprint_moves_with_reader_region_and_outcome(desk: Desk) -> None:
    """Another reader, another region or another outcome is another content to sign."""
    prints = [
        desk.ask(FOUNDING).fingerprints.content,
        desk.ask(FOUNDING, reader="clinician").fingerprints.content,
        desk.ask(FOUNDING, region="GB").fingerprints.content,
        desk.ask(FOUNDING.replace("268", "120")).fingerprints.content,
    ]
    assert len(set(prints)) == len(prints)
