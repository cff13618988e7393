"""What every definition file has in common."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from tanheng.kernel.quantity import Unit


class Label(BaseModel):
    """A name in Chinese and in English."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    zh: str
    en: str

    def __getitem__(self, lang: str) -> str:
        return self.en if lang == "en" else self.zh


class Shape(BaseModel):
    """A frozen value read from a file; an unknown field is an error, so that a misspelt one is noticed."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Titled(Shape):
    """A definition of its own: `schema`, `id` and `label` head its file."""

    id: str
    label: Label


def _unit(value: object) -> object:
    return Unit.parse(value) if isinstance(value, str) else value


UnitText = Annotated[Unit, BeforeValidator(_unit)]
