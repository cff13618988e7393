"""A command does not look through all that it made again and again."""

import gc

from tanheng.cli.collector import collect_rarely


def test_a_command_makes_many_objects_before_the_collector_looks_at_them_and_goes_on_collecting():
    before = gc.get_threshold()
    try:
        collect_rarely()
        assert gc.isenabled()
        assert gc.get_threshold()[0] >= 100_000
        assert gc.get_threshold()[1:] == before[1:]
    finally:
        gc.set_threshold(*before)
