"""A process of its own that records, in the database of its environment: `python writer.py <home> <name> <rounds>`.

It says "ready" and waits for a line before it begins, so that several begin together. Every round states one thing of
the writer's own and one thing that all writers state.
"""

import sys

from tanheng.records import configure

configure(home=sys.argv[1])

from tanheng.records.people import person_named  # noqa: E402
from tanheng.records.recording import record_observations  # noqa: E402
from tests.records.world import stated  # noqa: E402


def write(name: str, rounds: int) -> None:
    writer = person_named(name)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for number in range(rounds):
        own = stated(str(number), subject=f"facility/{name}-{number}")
        record_observations([own, stated(str(number), subject="facility/shared")], writer)


write(sys.argv[2], int(sys.argv[3]))
