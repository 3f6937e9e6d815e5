"""What the API reads: strict models. A text is a text, a number a number, and a field nobody knows is refused."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from bedside.evidence.source import SourceKind, SourceStatus
from bedside.facts.case import Edit, Told
from bedside.question.question import Reader, Region

LONGEST = 1_000_000
"""Characters of the longest text that any setting lets in; the setting ``input_limit`` says how many are read."""
LONGEST_ARTICLE = 30_000
"""Characters of the longest article that is audited for a client; the command takes longer ones."""
LONGEST_VALUE = 200
"""Characters of the longest value that is set by hand; everything told is kept, and read again with each turn."""
MOST_EDITS = 100

FOUNDING = (
    "My serum vitamin B12 level is 268 pg/mL while I am taking 1000 micrograms oral cyanocobalamin daily; "
    "what is the appropriate management?"
)

ReaderField = Annotated[Reader, Field(strict=False, description="Who reads the answer.", examples=["clinician"])]
RegionField = Annotated[Region, Field(strict=False, description="Whose practice is shown.", examples=["GB"])]


class Strict(BaseModel):
    """No conversion, no unknown field."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class EditIn(Strict):
    """A fact set by hand: a name as an answer's ``facts`` have it, and a value; "unknown" takes back what was read."""

    name: Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[a-z0-9_]+$", examples=["age"])]
    value: Annotated[str, Field(min_length=1, max_length=LONGEST_VALUE, examples=["52 years"])]


class Asking(Strict):
    """What every question says of itself. The reader and the region have no default: who calls the API knows for whom,
    and an answer in the wrong wording would look like a right one."""

    reader: ReaderField
    region: RegionField
    edits: Annotated[
        list[EditIn],
        Field(max_length=MOST_EDITS, description="Facts set by hand, after the words.", default_factory=list),
    ]

    def told(self, text: str) -> Told:
        """The words with the edits after them."""
        return Told(text, tuple(Edit(edit.name, edit.value) for edit in self.edits))


class QuestionIn(Asking):
    """The first question of a thread."""

    question: Annotated[str, Field(min_length=1, max_length=LONGEST, examples=[FOUNDING])]


class AskIn(QuestionIn):
    """One question, kept only where it says so."""

    as_of: Annotated[
        str | None,
        Field(
            pattern=r"^\d{4}-\d{2}-\d{2}$",
            description="The day the answer is as of; the day of the content where it is not given. Not with keep.",
            examples=["2026-11-22"],
        ),
    ] = None
    keep: Annotated[bool, Field(description="Begin a thread with it; the same as POST /threads.")] = False


class TurnIn(Asking):
    """A further turn of a thread: words, edits, or both."""

    text: Annotated[str, Field(max_length=LONGEST, examples=["MMA came back 180 nmol/L, eGFR 92"])] = ""
    number: Annotated[
        int, Field(ge=1, le=1_000_000, description="The number of this turn: as many as the thread has.", examples=[1])
    ]


class AuditIn(Strict):
    """An article from anywhere: text, Markdown or HTML."""

    text: Annotated[
        str,
        Field(
            min_length=1,
            max_length=LONGEST_ARTICLE,
            examples=["A total B12 of 180 to 350 ng/L is indeterminate. Take 1 mg (100 mcg) of cyanocobalamin daily."],
        ),
    ]


class SearchIn(Strict):
    """A search of the statements and of what was loaded."""

    query: Annotated[str, Field(min_length=1, max_length=2_000, examples=["metformin and vitamin B12"])]
    kinds: Annotated[
        list[Annotated[SourceKind, Field(strict=False)]], Field(max_length=len(SourceKind), default_factory=list)
    ]
    statuses: Annotated[
        list[Annotated[SourceStatus, Field(strict=False)]], Field(max_length=len(SourceStatus), default_factory=list)
    ]
    since: Annotated[int | None, Field(ge=1800, le=2200, description="The first year wanted.")] = None
    source: Annotated[
        str, Field(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$", description="Only of this source.")
    ] = ""
    limit: Annotated[int, Field(ge=1, le=50)] = 10
    per_source: Annotated[int, Field(ge=0, le=50, description="Of one source; 0: any number.")] = 1
