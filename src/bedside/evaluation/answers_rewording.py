"""Ways to put a question otherwise that change no fact: openings, other words, other spelling, slips, order, additions.

Each takes the text of a question and gives the ways it can be put, each with a name; none is drawn by chance.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

Named = Iterator[tuple[str, str]]
"""Names of ways and the texts they give."""

_OPENINGS = {
    "patient": ("Hello, I hope you can help me. ", "Hi there! Quick question. "),
    "clinician": ("A quick question please. ", "Advice wanted. "),
}
_CLOSINGS = (" Thank you very much.", " Many thanks in advance.")
_ADDITIONS = (
    "I am writing this on my phone.",
    "Sorry if this has been asked before.",
    "The letter came in the post today.",
    "We moved house in the spring.",
    "The weather has been lovely.",
    "I work in a library.",
    "The surgery is closed until Monday.",
)
_WORDS: tuple[tuple[str, str], ...] = (
    (r"\bI'm\b", "I am"),
    (r"\bI've\b", "I have"),
    (r"\bdon't\b", "do not"),
    (r"\bisn't\b", "is not"),
    (r"\bcan't\b", "cannot"),
    (r"\bcame back\b", "was reported"),
    (r"\bneed\b", "require"),
    (r"\bworry\b", "be worried"),
    (r"\bjabs\b", "injections"),
    (r"\bshots\b", "injections"),
    (r"\bmy mum\b", "my mother"),
    (r"\bmy dad\b", "my father"),
    (r"\bDenies\b", "No"),
    (r"\bevery day\b", "daily"),
    (r"\ba day\b", "daily"),
    (r"\bgp\b", "doctor"),
    (r"\bGP\b", "doctor"),
    (r"\bhubby\b", "husband"),
    (r"\bkids\b", "children"),
    (r"\btablets\b", "pills"),
    (r"\bmeds\b", "medicines"),
    (r"\bperiods are heavy\b", "I have heavy periods"),
    (r"\bHb\b", "haemoglobin"),
    (r"\bhb\b", "haemoglobin"),
    (r"\bHgb\b", "hemoglobin"),
    (r"\bVit D\b", "vitamin D"),
    (r"\bvit d\b", "vitamin d"),
    (r"\bBP\b", "blood pressure"),
    (r"\bbp\b", "blood pressure"),
    (r"\bT2DM\b", "type 2 diabetes"),
    (r"\bAF\b", "atrial fibrillation"),
    (r"(?<![.\w])(\d+)F\b", r"\1 year old woman"),
    (r"\b(\d+)M\b", r"\1 year old man"),
    (r"\bHbA1c\b", "A1c"),
)
_SPELLINGS = (
    ("haem", "hem"),
    ("aemia", "emia"),
    ("oedema", "edema"),
    ("paed", "ped"),
    ("diarrhoea", "diarrhea"),
    ("paraesth", "paresth"),
    ("oesoph", "esoph"),
    ("sulph", "sulf"),
    ("thyroxine", "thyroxin"),
    ("colour", "color"),
    ("litre", "liter"),
)
_SENTENCE = re.compile(r"(?<=[.?!])\s+")
_LEANS = re.compile(
    r"^(?:it|its|that|this|these|those|they|he|she|and|but|so|or|because|which|mine|then|also|since|he's|she's|still|"
    r"already|ok|right|anything|keep|is (?:it|that|this)|does (?:it|that|this)|should (?:it|he|she)|no)\b|"
    r"\b(?:it|its|mine|this|that|these|those|then|them|he|she)\b",
    re.IGNORECASE,
)
_MEASURED = re.compile(r"^[^.?!]*\d[^.?!]*$")
_LONG = 7


def openings(text: str, voice: str) -> Named:
    """A greeting before it, thanks after it."""
    for number, (opening, closing) in enumerate(zip(_OPENINGS[voice], _CLOSINGS, strict=True), 1):
        yield f"opening {number}", opening + text
        yield f"closing {number}", _ended(text) + closing


def other_words(text: str) -> Named:
    """Every word of a short list replaced by another that says the same."""
    said = text
    for pattern, other in _WORDS:
        said = re.sub(pattern, other, said)
    yield "other words", said


def other_spelling(text: str) -> Named:
    """American spelling for British, or British for American."""
    lowered = text
    for british, american in _SPELLINGS:
        lowered = _respelt(lowered, british, american)
    if lowered == text:
        for british, american in reversed(_SPELLINGS):
            if len(american) > 3:  # noqa: PLR2004  (shorter ones stand inside other words)
                lowered = _respelt(lowered, american, british)
    yield "other spelling", lowered


def letter_case(text: str) -> Named:
    """As it is often typed: without capitals."""
    yield "no capitals", text.lower()


def additions(text: str, number: int) -> Named:
    """A sentence that has nothing to do with it, before it and after it; *number* chooses which."""
    first, second = _ADDITIONS[number % len(_ADDITIONS)], _ADDITIONS[(number + 3) % len(_ADDITIONS)]
    yield "addition before", f"{first} {text}"
    yield "addition after", f"{_ended(text)} {second}"


def other_order(text: str) -> Named:
    """The last sentence first, where none leans on another; and the measured facts of a list the other way round."""
    sentences = _SENTENCE.split(text)
    if len(sentences) > 1 and not any(_LEANS.search(each) for each in sentences):
        moved = [_ended(sentences[-1]), *map(_ended, sentences[:-1])]
        yield "last sentence first", " ".join(moved)
    parts = re.split(r",\s+", sentences[0])
    at = [place for place, part in enumerate(parts) if place and _MEASURED.match(part.rstrip(".?!")) and len(part) < 30]  # noqa: PLR2004
    if len(at) > 1:
        end = re.search(r"[.?!]*$", sentences[0])
        turned = [part.rstrip(".?!") for part in parts]
        for place, other in zip(at, reversed(at), strict=True):
            turned[place] = parts[other].rstrip(".?!")
        yield "facts reversed", " ".join([", ".join(turned) + (end.group() if end else ""), *sentences[1:]])


def slips(text: str, known: Callable[[str], bool]) -> Named:
    """One slip of the finger in the longest word that is *known*: two letters swapped, one left out, one doubled."""
    words = sorted(
        {w for w in re.findall(r"[A-Za-z]+", text) if len(w) >= _LONG and known(w)}, key=lambda w: (-len(w), w)
    )
    for word in words[:1]:
        middle = len(word) // 2
        swapped = word[:middle] + word[middle + 1] + word[middle] + word[middle + 2 :]
        for name, slip in (
            ("letters swapped", swapped),
            ("letter left out", word[:middle] + word[middle + 1 :]),
            ("letter doubled", word[:middle] + word[middle] + word[middle:]),
        ):
            yield name, re.sub(rf"\b{word}\b", slip, text)


def _respelt(text: str, old: str, new: str) -> str:
    return re.sub(
        re.escape(old), lambda m: new.capitalize() if m.group()[0].isupper() else new, text, flags=re.IGNORECASE
    )


def _ended(text: str) -> str:
    return text if text.rstrip()[-1:] in ".?!" else f"{text.rstrip()}."
