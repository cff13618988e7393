"""A very small document and what it demands, for the tests of the records."""

import json
from decimal import Decimal

from tanheng.kernel.obligation import Demand, Target, Task
from tanheng.kernel.pack.shape import Label
from tanheng.records.obligations import Decision, ReviewedInstrument

TEXT = "单位产值能耗下降3%。开展普查。"


def plan(id="plan-2026", text=TEXT, title="某市年度安排"):
    reading = json.dumps({"text": text}, ensure_ascii=False).encode()
    return ReviewedInstrument(id, title, "plan.txt", text.encode(), reading, periods=("2026",))


def target(value="3", instrument="plan-2026", name="t1"):
    label = Label(zh="单耗下降", en="Unit energy down")
    return Target(f"{instrument}.{name}", label, f"{instrument}#1", Demand("down", Decimal(value), unit="%", by="2026"))


def task(instrument="plan-2026", name="k1"):
    return Task(f"{instrument}.{name}", Label(zh="普查", en="Survey"), f"{instrument}#1", lead_parties=("市统计局",))


def decided(obligation, **changes):
    return Decision(obligation, (0, 9), "grammar", **changes)
