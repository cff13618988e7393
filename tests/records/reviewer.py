"""A process of its own that records reviews: `python reviewer.py <home> <name> <rounds>`.

It says "ready" and waits for a line before it begins. Every round accepts one target of the reviewer's own and states
one that all reviewers state, of one and the same document; every reviewer then says what replaces that document.
"""

import sys
from datetime import date

from tanheng.records import configure

configure(home=sys.argv[1])

from tanheng.records.obligations import record_review  # noqa: E402
from tanheng.records.people import person_named  # noqa: E402
from tanheng.records.succeeding import succeed_instrument  # noqa: E402
from tests.records.demands import decided, plan, target  # noqa: E402


def review(name: str, rounds: int) -> None:
    reviewer = person_named(name)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for number in range(rounds):
        own, shared = target(str(number), name=f"{name}{number}"), target(str(number), name="shared")
        record_review(plan(), [decided(own), decided(shared)], reviewer)
    record_review(plan("plan-2027", "又一份。"), [], reviewer)
    succeed_instrument("plan-2026", "plan-2027", date(2027, 3, 1), reviewer)


review(sys.argv[2], int(sys.argv[3]))
