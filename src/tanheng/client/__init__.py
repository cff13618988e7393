"""The site as tables, for notebooks and scripts: the same figures as its pages, each with its unit and its reason.

    site = tanheng.connect("https://carbon.example", token="tanheng_…")   # over HTTP, under the mandate of the token
    site = tanheng.open_home("var")                                       # the home of a site, without a server

Everything is read from the API of the site, whichever way it is reached, so that no figure has two sources. The room
writes nothing and computes nothing. Refuses whatever the site refuses, in the site's own words.
"""

from tanheng.client.explanation import Explanation
from tanheng.client.site import Site, connect, open_home
from tanheng.client.table import Column, Table

__all__ = ["Column", "Explanation", "Site", "Table", "connect", "open_home"]
