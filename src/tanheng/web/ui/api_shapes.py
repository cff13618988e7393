"""What the API says in every place alike: names in two languages, refusals, findings, figures, parts of lists."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator


class Shape(BaseModel):
    """Something that the API gives, read from whatever has fields of these names."""

    model_config = ConfigDict(from_attributes=True)


class Asked(BaseModel):
    """Something that the API is given; what it does not know is refused rather than left out in silence."""

    model_config = ConfigDict(extra="forbid")

    @field_validator("*", mode="after")
    @classmethod
    def no_end_of_text(cls, value: object) -> object:
        """A database keeps no text with the sign that ends texts."""
        if isinstance(value, str) and "\0" in value:
            raise ValueError("a text may not hold the sign that ends texts")
        return value


class Label(Shape):
    """A name in Chinese and in English."""

    zh: str = Field(examples=["能源消费总量"])
    en: str = Field(examples=["Total energy consumption"])


class Refused(Shape):
    """Why a request was not carried out, and what to ask for instead: the one shape of every error."""

    code: str = Field(description="the code of the refusal, as docs/reference/findings.md lists it")
    fields: dict[str, str] = Field(description="what the message names")
    message: Label
    next_step: Label

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "code": "result-not-found",
                    "fields": {"reference": "ffff", "nearest": "-"},
                    "message": {"zh": "没有结果 ffff。", "en": "There is no result ffff."},
                    "next_step": {"zh": "请先列出结果。", "en": "List the results first."},
                }
            ]
        }
    )


class FindingShape(Shape):
    """A problem in the data: what, how much it weighs, where, and what to do."""

    code: str
    severity: str = Field(description="blocker, warning or note")
    place: str = Field(description="file!sheet!cell, file:line, or table and key")
    fields: dict[str, str]
    message: Label
    next_step: Label


class FigureShape(Shape):
    """A figure as pages show it: never without unit, period and standing."""

    value: str | None = Field(description="as people read it, rounded by its indicator; null: there is none")
    unit: str = Field(description="with its basis", examples=["tce[calorific_value]"])
    period: str
    standing: str = Field(description="complete, filled, incomplete or missing")
    label: str
    href: str = Field(description="the page that explains it; /api/results/{result}/explain says the same as data")
    gaps: int
    filled: int
    unverified: bool = Field(description="whether a factor was used that nobody has checked")
    withheld: bool = Field(description="whether there is a value that this reader is not shown")


class TableFormat(StrEnum):
    """The forms a list is given in."""

    JSON = "json"
    CSV = "csv"


class Paging(Asked):
    """Which part of a list, and in which form. The whole count stands in X-Total-Count, the next part in Link."""

    limit: int = Field(1000, ge=1, le=10_000, description="how many rows at most")
    offset: int = Field(0, ge=0, le=10**9, description="how many rows to leave out at the beginning")
    format: TableFormat | None = Field(
        None, description="json or csv; without it, what the Accept header asks for, JSON otherwise"
    )


def _day(value: object) -> object:
    """A calendar day as text alone: the library would take numbers of seconds too."""
    if not isinstance(value, str) or len(value) != 10:
        raise ValueError("a day is written YYYY-MM-DD")
    return value


Day = Annotated[date, BeforeValidator(_day)]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Text = Annotated[str, Field(max_length=4000)]
Token = Annotated[
    str,
    Field(
        max_length=64,
        description="tells this request from one that is sent twice: any text of one's own, the same on a retry",
    ),
]
Number = Annotated[int, Field(ge=0, le=10**9)]
