"""The frame: a sentence with slots that holds the article together, written as content and filled here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bedside.article.article import Birthplace, Role, Sentence
from bedside.errors import ContentError
from bedside.text.person import third_person

_SLOT = re.compile(r" ?\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame in its wordings; ``carer`` speaks of the person cared for."""

    id: str
    clinical: str
    plain: str
    carer: str


class Frames:
    """All frames, by id."""

    def __init__(self, frames: Mapping[str, Frame]) -> None:
        self._frames = frames

    @staticmethod
    def from_mapping(data: Mapping[str, Mapping[str, str]]) -> Frames:
        """Read the compiled frames: id -> {clinical, plain, carer}; a missing carer wording is the plain one in the
        third person."""
        return Frames(
            {
                key: Frame(key, entry["clinical"], entry["plain"], entry.get("carer") or third_person(entry["plain"]))
                for key, entry in data.items()
            }
        )

    def __getitem__(self, key: str) -> Frame:
        try:
            return self._frames[key]
        except KeyError:
            raise ContentError(
                "frames.yaml", f"the frame {key!r} is missing.", "Add it, or reinstall bedside."
            ) from None

    def find(self, key: str) -> Frame | None:
        """The frame of that id, or None."""
        return self._frames.get(key)

    def fill(
        self,
        key: str,
        slots: Mapping[str, str] | None = None,
        *,
        plain_slots: Mapping[str, str] | None = None,
        births: tuple[Birthplace, ...] = (),
        number: int = 0,
    ) -> Sentence:
        """A sentence from a frame. ``plain_slots`` replaces slots in the plain wordings where they differ.

        A frame with births is a PATIENT sentence, any other a FRAME. A slot without a value is a ContentError.
        """
        frame = self[key]
        clinical = dict(slots or {})
        plain = clinical | dict(plain_slots or {})
        return Sentence(
            id=f"frame/{key}/{number}",
            role=Role.PATIENT if births else Role.FRAME,
            clinical=_filled(frame.id, frame.clinical, clinical),
            plain=_filled(frame.id, frame.plain, plain),
            carer=_filled(frame.id, frame.carer, {k: third_person(v) for k, v in plain.items()}),
            births=births,
            template=f"{frame.clinical}\n{frame.plain}\n{frame.carer}",
        )


def _filled(key: str, text: str, slots: Mapping[str, str]) -> str:
    def value(match: re.Match[str]) -> str:
        if match[1] not in slots:
            raise ContentError("frames.yaml", f"the frame {key!r} has a slot {match[1]!r} that nothing fills.")
        space = " " if match[0].startswith(" ") and slots[match[1]] else ""  # an empty slot leaves none behind
        return space + slots[match[1]]

    return _sentence_case(_SLOT.sub(value, text))


def _sentence_case(text: str) -> str:
    """A capital at the start, except before a name that is written small on purpose (eGFR, bedside)."""
    named = text.startswith("bedside")
    return text[0].upper() + text[1:] if text[:2].islower() and not named else text
