"""What a finding of an account says it is about, in both languages."""

from __future__ import annotations

from tanheng.kernel.faults import Worded
from tanheng.kernel.pack import Classification, IndicatorShape, PackSet
from tanheng.kernel.subject import Directory
from tanheng.kernel.trace import Address


def about(packs: PackSet, directory: Directory, address: Address) -> dict[str, object]:
    """The indicator, subject, period and line of an address, as findings name them."""
    indicator = packs.get(IndicatorShape, address.column)
    return {
        "indicator": Worded(indicator.label.zh, indicator.label.en),
        "subject": Worded(*(directory.label_of(address.subject, lang) for lang in ("zh", "en"))),
        "period": str(address.period),
        "line": Worded(*(_line(packs, address.line, lang) for lang in ("zh", "en"))),
    }


def _line(packs: PackSet, line: str | None, lang: str) -> str:
    """A line in words: its carrier by name, its item by name and code, as far as the packs know them."""
    lists = [codes.by_code for codes in packs.all(Classification) if codes.names == "item"]
    said = []
    for part in line.split("/") if line else ():
        named = {codes[part].label[lang] for codes in lists if part in codes}
        if part in packs.carriers:
            said.append(packs.carriers[part].label[lang])
        elif len(named) == 1:  # two lists may use one code for different things: then the code is all there is
            said.append(f"{named.pop()}（{part}）" if lang == "zh" else f"{named.pop()} ({part})")
        else:
            said.append(part)
    return f" {'/'.join(said)}" if said else ""
