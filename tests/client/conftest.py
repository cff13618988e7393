"""The invented city of the pages, for those who read it as tables."""

from tests.web.conftest import anyone, as_role, client, result

__all__ = ["anyone", "as_role", "client", "result"]
