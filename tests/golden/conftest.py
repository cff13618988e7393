"""The demo city's records and the made-up city's files, read once."""

import pytest

from tanheng.kernel.run import Inputs
from tests.golden.demo_city import inputs_in
from tests.golden.made_up_areas import Areas, made_up_areas


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Inputs:
    return inputs_in(tmp_path_factory.mktemp("golden"))


@pytest.fixture(scope="session")
def areas(tmp_path_factory: pytest.TempPathFactory) -> Areas:
    """The small made-up city, built and read once."""
    return made_up_areas(tmp_path_factory.mktemp("areas"))
