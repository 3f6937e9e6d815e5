"""The ``bedside`` command: finds the command, and turns every ending into an exit status.

Exit status: 0 done (an honest decline too), 1 findings, 2 wrong use, 3 input refused, 4 content unusable,
70 a fault of the program itself, 130 interrupted, 141 (the shell's
number) the reader of the output went away.
"""

from __future__ import annotations

import gc
import signal
import sys
from collections.abc import Sequence

import click

from bedside import __version__
from bedside.cli.lazy_group import LazyGroup
from bedside.errors import BedsideError, UsageError

FAULT = 70
INTERRUPTED = 130


@click.group(
    cls=LazyGroup,
    lazy={
        "ask": "bedside.cli.ask:ask",
        "protocol": "bedside.cli.protocol:protocol",
        "library": "bedside.cli.library:library",
        "check": "bedside.cli.check:check",
        "audit": "bedside.cli.audit:audit",
        "doctor": "bedside.cli.doctor:doctor",
        "evaluate": "bedside.cli.evaluate:evaluate",
        "replay": "bedside.cli.replay:replay",
        "follow-up": "bedside.cli.follow_up:follow_up",
        "verify": "bedside.cli.verify:verify",
        "review": "bedside.cli.review:review",
        "purge": "bedside.cli.purge:purge",
        "serve": "bedside.cli.serve:serve",
    },
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="bedside")
@click.option("--traceback", is_flag=True, help="Show where the program failed, should it fail.")
def bedside(traceback: bool) -> None:
    """Clinical questions answered from named guidelines, each sentence checked and tied to its source.

    Not for emergencies: if something cannot wait, call your emergency number.

    \b
    Examples:
      bedside protocol list                     the topics it gives advice on
      bedside ask "My B12 is 268 pg/mL on 1000 mcg tablets daily. What now?"
      bedside ask "My blood pressure is 152/96 at home, I am 61. What should I do?"
      bedside ask --for clinician --region GB "INR 8.9 on warfarin, no bleeding. Vitamin K?"
      bedside ask --for nurse --format markdown "Potassium 6.2 mmol/L on ramipril, eGFR 38"
      bedside serve
      bedside doctor
    """


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status; never shows a traceback unless asked to."""
    if arguments is None:
        _close_with_the_pipe()
    words = list(sys.argv[1:] if arguments is None else arguments)
    if arguments is None and words[:1] in (["ask"], ["follow-up"], ["audit"], ["check"]):
        gc.disable()  # one answer, then the process ends: looking for garbage on the way would only slow it
    if sys.stdout is None:
        return _unwritten(OSError("standard output is closed"))
    try:
        status = bedside.main(args=words, prog_name="bedside", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.ClickException as wrong:
        wrong.show(sys.stderr)
        return wrong.exit_code
    except BedsideError as error:
        print(f"bedside: {error.what}", *filter(None, [error.remedy]), sep="\n", file=sys.stderr)  # noqa: T201
        return error.exit_status
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except OSError as error:
        return _unwritten(error)
    except Exception as fault:  # noqa: BLE001  the last door: a fault must not bury the reader under a traceback
        return _fault(fault, shown="--traceback" in words)
    return status if isinstance(status, int) else 0


def _close_with_the_pipe() -> None:
    """End quietly, as other programs do, when the reader of our output goes away (``bedside ... | head``)."""
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)


def _unwritten(error: OSError) -> int:
    """Say that the answer could not be handed over: standard output is closed or full."""
    reason = error.strerror or str(error)
    print(  # noqa: T201
        f"bedside: the answer could not be written: {reason}.",
        "Write it to a file: --output FILE",
        sep="\n",
        file=sys.stderr,
    )
    return UsageError.exit_status


def _fault(fault: Exception, *, shown: bool) -> int:
    """Say that the program failed, without the question's text, and what to do."""
    if shown:
        import traceback

        traceback.print_exception(fault)
    print(  # noqa: T201
        f"bedside: the program failed ({type(fault).__name__}). There is no answer, whatever the question was.",
        "If something cannot wait, call your emergency number now.",
        "To report the fault, run the command again as: bedside --traceback ...",
        sep="\n",
        file=sys.stderr,
    )
    return FAULT
