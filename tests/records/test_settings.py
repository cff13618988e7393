"""Where the records are kept is said by an address, and one that cannot be used is refused without repeating it."""

import pytest

from tanheng.kernel.faults import Refusal
from tanheng.records.settings import database
from tanheng.store.home import Home


@pytest.mark.parametrize(
    "url",
    ["nonsense", "postgresql://", "postgresql://u:secret@h", "mysql://u:secret@h/x", "postgres://u:secret@h:port/x"],
)
def test_an_address_that_cannot_be_used_is_refused_and_its_password_not_told(tmp_path, url):
    with pytest.raises(Refusal, match="database-url-unusable") as refused:
        database(Home(tmp_path), url)
    assert "secret" not in refused.value.message("zh") + refused.value.message("en")


def test_sqlite_at_an_address_takes_its_lock_as_the_one_of_the_home_does(tmp_path):
    own, named = database(Home(tmp_path), None), database(Home(tmp_path), f"sqlite:///{tmp_path}/other.sqlite3")
    assert own["OPTIONS"] == named["OPTIONS"]
    assert named["NAME"] == f"{tmp_path}/other.sqlite3"
