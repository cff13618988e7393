"""Made-up cities: from a recipe in a pack and a seed to a directory, and to the senders' own workbooks on disk.

The same recipe, seed and numbers give the same values on every machine: nothing is drawn but from `chance`, and what
is drawn passes through sums, products and quotients only. What goes wrong in a file goes wrong on purpose and stands
in the manifest; what was true stands beside it. Refuses to make anything from a pack that is not fictional.
"""

from tanheng.fiction.build import Build, build
from tanheng.fiction.city import City, found_city
from tanheng.fiction.directory import directory_of_city, pack_of_city

__all__ = ["Build", "City", "build", "directory_of_city", "found_city", "pack_of_city"]
