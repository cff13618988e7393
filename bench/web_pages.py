"""What bench/web.py asks for: the addresses of the pages, of explanations, and the workbook that is checked."""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from urllib.parse import unquote

from web_clients import Browser

_UNITS = 24
_LEVELS = 3  # the city, a district, a town
_NINE_MONTHS = "2025-01..2025-09"
_ROWS = 10_000
_DAY = date(2025, 11, 1)
_FIGURE = re.compile(r'href="(/results/[^"]+/figure/[^"]+)"')
_HEADINGS = ("统一社会信用代码", "单位名称", "报告期", "能源品种", "计量单位", "消费量", "备注")


def pages_of(reader: Browser) -> Mapping[str, Sequence[str]]:
    """The pages by name; of units several, as several people look at several."""
    quarter = re.search(r'href="(/barometer/2025Q3/)[^"]*"', reader.get("/barometer/2025Q3/"))
    units = dict.fromkeys(re.findall(r'href="(/units/[\w-]+/)"', reader.get("/units/")))
    assert quarter is not None
    assert len(units) >= _UNITS
    return {
        "home": ["/home/"],
        "matrix": ["/targets/?year=2025&track=area", "/targets/?year=2025&track=field"],
        "barometer": ["/barometer/2025Q3/"],
        "list of units": ["/units/", "/units/?page=7", "/units/?q=a"],
        "unit": [*units][:_UNITS],
    }


def explanations_of(reader: Browser) -> Sequence[str]:
    """The figures of a unit by month and year, and of a town, a district and the city: a month, nine months and all."""
    unit = next(iter(re.findall(r'href="(/units/[\w-]+/)"', reader.get("/units/"))))
    of_unit = [path for path in dict.fromkeys(_FIGURE.findall(reader.get(unit))) if "co2@" in path][:6]
    result = of_unit[0].split("/")[2]
    status, _, area = reader.ask("GET", f"/results/{result}/")
    assert status == 302
    of_areas: list[str] = []
    for _ in range(_LEVELS):
        html = reader.get(area)
        own = f"/figure/co2@area/{area.split('/')[4]}@"
        found = [path for path in dict.fromkeys(_FIGURE.findall(html)) if own in unquote(path)]
        whole, month = found[0], found[-1]
        of_areas += [whole, month, _nine_months(month)]
        below = [link for link in re.findall(rf'href="(/results/{result}/area/[\w-]+/)', html) if link != area]
        area = below[-1] if below else area
    assert len(of_areas) == 3 * _LEVELS
    return [*of_unit, *of_areas]


def _nine_months(path: str) -> str:
    """The figure of a month, over nine."""
    return f"{path[: path.rindex('@')]}@{_NINE_MONTHS}/"


def workbook_checked(reader: Browser) -> bool:
    """A workbook of 10,000 rows is handed in, and its page asked until the check has ended."""
    name, content = "month.xlsx", _workbook(reader)
    token = reader.token("/facts/")
    start = time.perf_counter()
    fields = {"csrfmiddlewaretoken": token, "token": str(time.time_ns()), "published": _DAY.isoformat(), "layout": ""}
    status, text, page = reader.ask("POST", "/facts/", *_multipart(fields, name, content))
    assert status == 302, (status, text[:600])
    answered, seen = time.perf_counter() - start, set()
    while True:
        html = reader.get(page)
        bar = re.search(r'<progress[^>]*max="(\d+)"[^>]*value="(\d+)"', html)
        if bar is None:
            break
        seen.add((bar[2], bar[1]))
        time.sleep(0.1)
    seconds = time.perf_counter() - start
    steps = ", ".join("/".join(each) for each in sorted(seen)) or "none"
    met = bool(seen)
    print(f"  {'10,000-row workbook':22} answered after {answered * 1000:.0f} ms, checked after {seconds:.1f} s; "
          f"progress seen: {steps}  {'met' if met else 'NOT MET'}", flush=True)  # fmt: skip
    return met


def _workbook(reader: Browser) -> bytes:
    """A month of reports of units that the directory knows, in the layout of the template."""
    from tanheng.kernel.pack import Layout
    from tanheng.store import load_packs, write_workbook

    rows: list[dict[str, str]] = []
    carriers = {"柴油": "吨", "电力": "万千瓦时", "天然气": "万立方米", "原煤": "吨"}
    number = 0
    while len(rows) < _ROWS:
        number += 1
        for unit, code in _listed(reader.get(f"/units/?page={number}")):
            rows += [
                dict(zip(_HEADINGS, (code, unit, "2025-10", carrier, stated, f"{len(rows)}.25", ""), strict=True))
                for carrier, stated in carriers.items()
            ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "month.xlsx"
        write_workbook(path, load_packs().get(Layout, "unit_energy_monthly"), rows[:_ROWS], "能耗月报")
        return path.read_bytes()


def _listed(html: str) -> Sequence[tuple[str, str]]:
    found = re.findall(r'<a href="/units/[\w-]+/">([^<]+)</a><br><small[^>]*>([^<]*)</small>', html)
    assert found
    return found


def _multipart(fields: Mapping[str, str], name: str, content: bytes) -> tuple[bytes, str]:
    edge, kind = "bench-web-edge", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    said = "Content-Disposition: form-data; name="
    lines = [f'--{edge}\r\n{said}"{key}"\r\n\r\n{value}\r\n' for key, value in fields.items()]
    head = f'--{edge}\r\n{said}"workbook"; filename="{name}"\r\nContent-Type: {kind}\r\n\r\n'
    body = "".join(lines).encode() + head.encode() + content + f"\r\n--{edge}--\r\n".encode()
    return body, f"multipart/form-data; boundary={edge}"
