"""The procedures whose cases have pages of their own on this site, written out by hand."""

from __future__ import annotations

from collections.abc import Mapping

from tanheng.web.cases.own_pages import OwnPage
from tanheng.web.documents.month_case import PROCEDURE as MONTH
from tanheng.web.documents.month_case import href_of_row
from tanheng.web.documents.month_comments import is_move_read_by, months_answered
from tanheng.web.documents.paper_case import PROCEDURE as PUBLISHING
from tanheng.web.documents.paper_case import href_of_row as href_of_paper
from tanheng.web.obligations.split_case import PROCEDURE as SPLIT
from tanheng.web.obligations.split_case import answers_wanted
from tanheng.web.obligations.split_case import href_of_row as href_of_split

PAGES: Mapping[str, OwnPage] = {
    MONTH: OwnPage(href_of_row, is_move_read_by, answered=months_answered),
    PUBLISHING: OwnPage(href_of_paper, lambda _row, _scope: True),
    SPLIT: OwnPage(href_of_split, lambda _row, _scope: True, answers_wanted),
}
