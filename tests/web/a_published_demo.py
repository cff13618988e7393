"""A process that publishes the barometers and the year of the demo: `python -m tests.web.a_published_demo`."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "tanheng.web.site.settings"

import django

django.setup()

from tanheng.kernel.period import Period  # noqa: E402
from tanheng.records.people import person_named  # noqa: E402
from tanheng.records.publishing import publish  # noqa: E402
from tanheng.records.site_files import results  # noqa: E402

SCHEMES = {"city_inventory": "城市清单", "energy_assessment": "能耗双控", "carbon_assessment": "碳排放强度"}
TITLES = {"barometer": "双控晴雨表（演示）", "unit_energy_and_co2": "用能单位能耗与碳排放（演示）"}


def published() -> None:
    """Every stored barometer and account of units, with a reason for each blocking finding."""
    for id in results().ids():
        result = results().load(id)
        method = result.receipt["method"]
        if method not in TITLES:
            continue
        codes = {finding["code"] for finding in result.findings if finding["severity"] == "blocker"}
        told = result.receipt["parameters"]
        span = f"{Period.parse(told['period']).label()} {SCHEMES[told['scheme']]} {told['known_on']}"
        title = f"{TITLES[method]} {span}"
        publish(id, title, person_named("demo"), [], dict.fromkeys(codes, "演示"))


if __name__ == "__main__":
    published()
