"""A process of its own that imports, to be killed: `python importer.py <home> <number of the file> <rows>`.

It says "ready", then keeps the content of a made-up file and records its rows, as the door does; then it says "done".
"""

import sys

from tanheng.records import configure

configure(home=sys.argv[1])

from dataclasses import replace  # noqa: E402

from tanheng.records.people import person_named  # noqa: E402
from tanheng.records.recording import record_observations  # noqa: E402
from tanheng.records.site_files import blobs  # noqa: E402
from tests.records.world import many  # noqa: E402


def take_in(number: int, rows: int) -> None:
    clerk, content = person_named("anna"), str(number).encode() * 500_000
    facts = many(rows, value=f"{number}.25")
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    digest = blobs().put(content)
    source = f"{digest}/{number}.xlsx!S!F"
    named = [replace(fact, source=f"{source}{row}") for row, fact in enumerate(facts)]
    recorded = record_observations(named, clerk, f"{number}.xlsx")
    sys.stdout.write(f"done {recorded.new + recorded.changed} {recorded.unchanged}\n")


take_in(int(sys.argv[2]), int(sys.argv[3]))
