"""A refusal: the request itself cannot be carried out, said at once."""

from __future__ import annotations

from tanheng.kernel.faults.codes import CODES


class Refusal(Exception):
    """Raised when what was asked for cannot be done; nothing has been changed when it is raised."""

    def __init__(self, code: str, **fields: object) -> None:
        self.code = code
        self.fields = fields
        super().__init__(f"{code}: {self.message('en')} {self.next_step('en')}")

    def message(self, lang: str = "zh") -> str:
        """What was refused and why, in one sentence."""
        return CODES[self.code].message(lang).format(**self.fields)

    def next_step(self, lang: str = "zh") -> str:
        """What to ask for instead."""
        return CODES[self.code].next_step(lang).format(**self.fields)

    def as_json(self) -> dict[str, object]:
        """The refusal as it leaves through an API."""
        return {
            "code": self.code,
            "fields": {name: str(value) for name, value in self.fields.items()},
            "message": {lang: self.message(lang) for lang in ("zh", "en")},
            "next_step": {lang: self.next_step(lang) for lang in ("zh", "en")},
        }
