"""``bedside ask``: one question, one answer, in the format asked for."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bedside.cli.choice import REGION, NearestChoice
from bedside.cli.output import note, write
from bedside.errors import UsageError
from bedside.settings import FORMATS, READERS, Settings

if TYPE_CHECKING:
    from bedside.answer import Answer
    from bedside.desk import Desk

BYTES_A_CHARACTER = 4
MORE = 8  # enough to see that there is more than the limit


@click.command()
@click.argument("question", nargs=-1)
@click.option("--for", "reader", type=NearestChoice(READERS), help="Who reads the answer. Default: patient.")
@click.option("--region", type=REGION, help="Whose practice is shown. Default: both, side by side.")
@click.option("--format", "style", type=NearestChoice(FORMATS), help="How the answer is written. Default: terminal.")
@click.option("--explain", is_flag=True, help="Add facts, rules and verdicts: how the answer came about.")
@click.option("--full", is_flag=True, help="Show the folded points too.")
@click.option("--as-of", default="", metavar="DATE", help="Answer as of this day (2026-11-22). Default: the release's.")
@click.option("--file", "source", type=click.Path(path_type=Path), help="Read the question from a file.")
@click.option("--output", type=click.Path(path_type=Path), help="Write the answer to a file.")
@click.option("--keep", is_flag=True, help="Keep it as a thread, to go on with `bedside follow-up`.")
def ask(
    question: tuple[str, ...],
    reader: str | None,
    region: str | None,
    style: str | None,
    explain: bool,
    full: bool,
    as_of: str,
    source: Path | None,
    output: Path | None,
    keep: bool,
) -> None:
    """Answer a clinical question. QUESTION is the text, or - to read it from the input.

    \b
    Examples:
      bedside ask "My B12 is 268 pg/mL on 1000 mcg tablets daily. What now?"
      bedside ask --for clinician --region GB --explain "INR 8.9 on warfarin, no bleeding. Vitamin K?"
      bedside ask --region US "TSH 6.8, free T4 normal, tired, aged 48. Levothyroxine?"
      bedside ask --format json --output answer.json --file letter.txt
      echo "Is a ferritin of 20 low?" | bedside ask -

    The topics it gives advice on: bedside protocol list
    """
    from bedside.desk import open as open_desk

    settings = Settings.load(os.environ)
    text = read_question(question, source, settings.input_limit)
    desk = open_desk(settings)
    answer = desk.ask(text, reader=reader or "", region=region or "", as_of=as_of)
    style = style or settings.format
    if keep:
        _kept(answer, desk, text)
    write(rendered(answer, desk, style, full=full, explained=explain, to_file=output is not None), output)


def _kept(answer: Answer, desk: Desk, text: str) -> None:
    """Begin a thread with the answer, and print its token beside the answer, where no program takes it for one."""
    from bedside.cli.follow_up import begun
    from bedside.stores.thread_store import open_threads

    threads = open_threads(desk.settings)
    try:
        token = begun(desk, threads, answer, text)
    finally:
        threads.close()
    note(f'Kept for {desk.settings.thread_days} days. Go on with: bedside follow-up {token} "..."')


def read_question(words: tuple[str, ...], source: Path | None, limit: int) -> str:
    """The question's text from the command line, a file, or the input; raises UsageError or InputRefused."""
    from bedside.question.refuse import readable

    if source is not None:
        if words:
            raise UsageError("Both a question and --file were given.", "Give one of them.")
        try:
            with source.open("rb") as stream:
                return readable(stream.read(limit * BYTES_A_CHARACTER + MORE), limit)
        except OSError as error:
            raise UsageError(f"{source}: cannot be read: {error.strerror}.", "Check the name of the file.") from None
    if words == ("-",):
        return readable(sys.stdin.buffer.read(limit * BYTES_A_CHARACTER + MORE), limit)
    if not words:
        raise UsageError("No question was given.", 'Write it after the command: bedside ask "...", or - for the input.')
    return " ".join(words)


def rendered(answer: Answer, desk: Desk, style: str, *, full: bool, explained: bool, to_file: bool) -> str:
    """The answer in one of the formats; the terminal library is loaded for the terminal only."""
    if style == "json":
        from bedside.rendering.json import render as render_json

        return render_json(answer)
    if style == "html":
        from bedside.rendering.html.standalone import render as render_html

        return render_html(answer, desk.words(), aids=desk.aids)
    from bedside.rendering.explain import explain
    from bedside.rendering.view import view

    seen = view(answer, full=full, glossary=desk.words())
    explanation = explain(answer) if explained else ()
    if style == "markdown":
        from bedside.rendering.markdown import render as render_markdown

        return render_markdown(seen, explanation)
    from bedside.rendering.terminal import render as render_terminal

    settings = desk.settings
    width = settings.width or shutil.get_terminal_size().columns
    return render_terminal(seen, explanation, width=width, colour=wants_colour(settings.colour, to_file=to_file))


def wants_colour(setting: str, *, to_file: bool) -> bool:
    """Whether to colour: as set, or on a terminal that can, unless NO_COLOR is set (https://no-color.org)."""
    if setting != "auto":
        return setting == "always"
    plain = to_file or bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    return not plain and sys.stdout.isatty()
