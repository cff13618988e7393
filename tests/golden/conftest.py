"""The demo city's records, read once."""

import pytest

from tanheng.kernel.run import Inputs
from tests.golden.demo_city import inputs_in


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Inputs:
    return inputs_in(tmp_path_factory.mktemp("golden"))
