"""How long a PDF of thirty pages, its Word form and its workbook take, beside the bound for the PDF.

The first time counts: the typesetter remembers what it has set, and a second time would say less.
"""

import io
import resource
import time
from collections.abc import Callable
from decimal import Decimal

from pypdf import PdfReader

from tanheng.papers import Annex, Block, Column, Heading, Light, Panel, Paper, Paragraph, Series, Table, small_multiples
from tanheng.papers.chart import line_chart
from tanheng.papers.layout import layout_for
from tanheng.papers.pdf import pdf_bytes
from tanheng.papers.word import word_bytes
from tanheng.papers.workbook import workbook_bytes
from tanheng.store.home import SHIPPED_PACKS
from tanheng.store.packs import load_packs

BOUND_S, PAGES = 5.0, 30
MONTHS = [f"{month}月" for month in range(1, 13)]


def long_table(rows: int) -> Table:
    """A table of units over several pages."""
    columns = [Column("序号", 6), Column("单位", 30), Column("本期", 12, places=2, unit="万吨标准煤", summed=True),
               Column("上年同期", 12, places=2, unit="万吨标准煤", summed=True), Column("增速", 8, places=1, unit="%"),
               Column("评价", 8)]  # fmt: skip
    lights = (Light("red", "红"), Light("yellow", "黄"), Light("green", "绿"))
    filled = [
        (
            n,
            f"第{n}重点用能单位有限公司",
            Decimal(n * 37) / 11,
            Decimal(n * 36) / 11,
            Decimal(n % 90) / 7,
            lights[n % 3],
        )
        for n in range(1, rows + 1)
    ]
    return Table(columns, filled)


def report() -> Paper:
    """Chapters of prose, tables and charts, and a long annex: about thirty pages."""
    blocks: list[Block] = []
    series = [
        Series("本年", [Decimal(90 + n) for n in range(12)]),
        Series("上年", [Decimal(88 + n) for n in range(12)], "reference"),
    ]
    for chapter in range(1, 9):
        blocks.append(Heading(f"第{chapter}部分"))
        blocks += [Paragraph("本期规模以上工业综合能源消费量与上年同期相比的变化及其原因如下。" * 6) for _ in range(3)]
        blocks += [line_chart("规模以上工业能耗", MONTHS, series, unit="万吨标准煤"), long_table(10)]
    panels = [Panel(f"第{n}区", [Series("能耗", [Decimal(n + m) for m in range(12)])]) for n in range(16)]
    blocks.append(small_multiples("各区能耗", MONTHS, panels, unit="万吨标准煤"))
    return Paper("三十页的报告", blocks, annexes=[Annex("重点用能单位", [long_table(420)])], trace="凭据 0")


def timed(work: Callable[[], bytes]) -> tuple[float, bytes]:
    """The seconds of the first time, in which nothing is remembered yet, and what was made."""
    start = time.perf_counter()
    made = work()
    return time.perf_counter() - start, made


def run() -> None:
    """Prints the times."""
    paper, layout = report(), layout_for(load_packs(folders=[SHIPPED_PACKS]), "document")
    seconds, content = timed(lambda: pdf_bytes(paper, layout)[0])
    pages, ratio = len(PdfReader(io.BytesIO(content)).pages), seconds / BOUND_S
    print(f"PDF       {pages} pages, {seconds:.2f} s; bound {BOUND_S} s for {PAGES} pages; ratio {ratio:.2f}")
    for name, work in (("Word", lambda: word_bytes(paper, layout)), ("workbook", lambda: workbook_bytes(paper))):
        seconds, content = timed(work)
        print(f"{name:<9} {seconds:.2f} s, {len(content) / 1e6:.2f} MB")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    run()
