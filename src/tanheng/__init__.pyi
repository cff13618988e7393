# What type checkers and editors see of the package; running, it loads these when they are first asked for.
from tanheng.client import Explanation as Explanation
from tanheng.client import Site as Site
from tanheng.client import Table as Table
from tanheng.client import connect as connect
from tanheng.client import open_home as open_home

__version__: str
