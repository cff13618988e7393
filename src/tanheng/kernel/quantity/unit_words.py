"""Units as people read them: 万吨标准煤（等价值） and 10⁴ tce (coal equivalent) for `10^4 tce[coal_equivalent]`.

The one place that words a unit. Identifiers of units stay as they are in packs, columns and JSON.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tanheng.kernel.faults import Worded
from tanheng.kernel.quantity.unit import split_basis

# symbol: (Chinese, English). A pure number has no word; a grid is a factor behind its number.
WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "1": ("", ""),
        "%": ("%", "%"),
        "10^-9": ("×10⁻⁹", "×10⁻⁹"),
        "day": ("天", "days"),
        "K d": ("度日", "K·d"),
        "point": ("分", "points"),
        "10^-2 point": ("×0.01分", "×0.01 points"),
        "t": ("吨", "t"),
        "kg": ("千克", "kg"),
        "10^4 t": ("万吨", "10⁴ t"),
        "Nm3": ("立方米", "Nm³"),
        "10^4 Nm3": ("万立方米", "10⁴ Nm³"),
        "GJ": ("吉焦", "GJ"),
        "MJ": ("兆焦", "MJ"),
        "kWh": ("千瓦时", "kWh"),
        "MWh": ("兆瓦时", "MWh"),
        "10^4 kWh": ("万千瓦时", "10⁴ kWh"),
        "10^8 kWh": ("亿千瓦时", "10⁸ kWh"),
        "kVA": ("千伏安", "kVA"),
        "10^4 kVA": ("万千伏安", "10⁴ kVA"),
        "tce": ("吨标准煤", "tce"),
        "kgce": ("千克标准煤", "kgce"),
        "gce": ("克标准煤", "gce"),
        "10^4 tce": ("万吨标准煤", "10⁴ tce"),
        "10^6 tce": ("百万吨标准煤", "10⁶ tce"),
        "tC": ("吨碳", "tC"),
        "tCO2": ("吨二氧化碳", "tCO₂"),
        "kgCO2": ("千克二氧化碳", "kgCO₂"),
        "gCO2": ("克二氧化碳", "gCO₂"),
        "tCO2e": ("吨二氧化碳当量", "tCO₂e"),
        "m2": ("平方米", "m²"),
        "person": ("人", "persons"),
        "CNY": ("元", "CNY"),
        "10^3 CNY": ("千元", "10³ CNY"),
        "10^4 CNY": ("万元", "10⁴ CNY"),
        "10^8 CNY": ("亿元", "10⁸ CNY"),
        "carrier_unit": ("实物单位", "unit of the carrier"),
        "stated_unit": ("填报单位", "unit as stated"),
    }
)
_BASES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "calorific_value": ("当量值", "calorific value"),
        "coal_equivalent": ("等价值", "coal equivalent"),
        "unstated": ("未注明口径", "basis not stated"),
    }
)
_LANGS = ("zh", "en")
_CLOSE = "%×"


def unit_words(unit: str, lang: str = "zh", *, basis: bool = True) -> str:
    """A unit in words; without its basis where the heading around it says that already.

    Gives    an empty text for a pure number; what no list has a word for as it stands.
    """
    heads = [split_basis(part.strip()) for part in unit.split("/")]
    said = "/".join(_symbol(head, lang) or "1" for head, _ in heads) if len(heads) > 1 else _symbol(heads[0][0], lang)
    bases = dict.fromkeys(_basis(held, lang) for _, held in heads if held) if basis else {}
    if not bases:
        return said
    told = ("，" if lang == "zh" else ", ").join(bases)
    return f"{said}（{told}）" if lang == "zh" else f"{said} ({told})"


def worded_unit(unit: str) -> Worded:
    """A unit inside a message, in the language of the message."""
    return Worded(unit_words(unit, "zh"), unit_words(unit, "en"))


def with_unit(number: str, unit: str, lang: str = "zh", *, basis: bool = True) -> str:
    """A number and its unit as people write them: 12.3 万吨标准煤, 2.4%, and 3 for a pure number."""
    said = unit_words(unit, lang, basis=basis)
    return f"{number}{'' if not said or said[0] in _CLOSE else ' '}{said}"


def _symbol(symbol: str, lang: str) -> str:
    return WORDS[symbol][_LANGS.index(lang)] if symbol in WORDS else symbol


def _basis(held: str, lang: str) -> str:
    inner = held.strip("[]")
    if inner in _BASES:
        return _BASES[inner][_LANGS.index(lang)]
    if inner.isdecimal():
        return f"{inner}年价" if lang == "zh" else f"prices of {inner}"
    return inner
