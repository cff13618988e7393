"""The procedures whose cases have pages of their own on this site, written out by hand."""

from __future__ import annotations

from collections.abc import Mapping

from tanheng.web.cases.own_pages import OwnPage

PAGES: Mapping[str, OwnPage] = {}
