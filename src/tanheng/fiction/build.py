"""A made-up city on disk: a folder per month with the senders' files, the manifest, the truth, and a pack to set up."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from tanheng.fiction.area_book import AreaBook
from tanheng.fiction.city import City
from tanheng.fiction.directory import directory_of_city, pack_of_city
from tanheng.fiction.district import districts_of
from tanheng.fiction.post import Item, Post
from tanheng.fiction.truth import truth_in
from tanheng.fiction.writing import write_sheet
from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period
from tanheng.kernel.period.period import months_between
from tanheng.store.atomic import write_bytes

MANIFEST, _DAYS = "manifest.json", "published.csv"
Progress = Callable[[int, int], None]


@dataclass
class Build:
    """What was written: how many files of which form, how many never came, how many have something wrong in them."""

    folder: Path
    files: dict[str, Mapping[str, object]] = field(default_factory=dict)
    missing: list[Mapping[str, object]] = field(default_factory=list)

    @property
    def faulty(self) -> int:
        """How many files have a slip in them."""
        return sum(bool(entry["faults"]) for entry in self.files.values())

    @property
    def late(self) -> int:
        """How many came after they were due."""
        return sum(bool(entry["late"]) for entry in self.files.values())


def build(
    city: City, folder: Path, months: Sequence[Period], district: str | None = None, progress: Progress | None = None
) -> Build:
    """Writes the folders of some months, of the whole city or of one district's own site.

    Gives    <month>/<file>, manifest.json, truth/*.csv, and packs/<pack>: the directory to set a site up with.
    Refuses  district-unknown; months-outside-recipe; folder-in-use: something else is in the folder.
    """
    _check(city, folder, months, district)
    known = tuple(months_between(city.recipe.starts, months[-1].end))
    districts = districts_of(city, known, district)
    post, built = Post(city, AreaBook(city)), Build(folder)
    steps = len(districts) * len(months) + 1
    with truth_in(folder / "truth") as truth:
        for number, each in enumerate(districts.values()):
            for item in _followed(post.of_district(each, months), number * len(months), len(months), steps, progress):
                _keep(item, built)
            truth.write(each, months)
        for item in post.of_city():
            _keep(item, built)
        truth.write_book(post.book)
    _write_days(built)
    _write_pack(city, folder, district)
    _write_manifest(city, built, months, district)
    if progress:
        progress(steps, steps)
    return built


def _check(city: City, folder: Path, months: Sequence[Period], district: str | None) -> None:
    known = [item.id for item in city.recipe.districts]
    if district is not None and district not in known:
        raise Refusal("district-unknown", district=district, known=", ".join(known))
    years = sorted(city.recipe.years)
    if not months or months[0].start.year <= years[0] or months[-1].start.year > years[-1]:
        raise Refusal("months-outside-recipe", first=years[0] + 1, last=years[-1])
    if folder.exists() and any(folder.iterdir()) and not (folder / MANIFEST).is_file():
        raise Refusal("folder-in-use", folder=folder)


def _followed(items: Iterator[Item], before: int, share: int, steps: int, progress: Progress | None) -> Iterator[Item]:
    """Passes items on and says how far it is: forms follow one another, so months are counted by their share."""
    forms: set[str] = set()
    for count, item in enumerate(items):
        forms.add(item.form.id)
        if progress and count % 10 == 0:
            progress(before + min(share, count // 12), steps)
        yield item


def _keep(item: Item, built: Build) -> None:
    if item.sheet is None:
        built.missing.append({**item.as_json(), "file": item.name})
        return
    path = f"{item.period.start:%Y-%m}/{item.name}"
    write_sheet(item.sheet, built.folder / path)
    built.files[path] = item.as_json()


def _write_days(built: Build) -> None:
    """A list in each folder of the day on which each file came and its layout, as importing a folder reads it."""
    folders: dict[str, list[tuple[str, str, str]]] = {}
    for path, entry in built.files.items():
        folder, _, name = path.partition("/")
        folders.setdefault(folder, []).append((name, str(entry["published"]), str(entry["layout"])))
    for folder, rows in folders.items():
        text = StringIO()
        csv.writer(text, lineterminator="\n").writerows([("file", "published", "layout"), *rows])
        write_bytes(built.folder / folder / _DAYS, text.getvalue().encode())


def _write_pack(city: City, folder: Path, district: str | None) -> None:
    for name, text in pack_of_city(city, directory_of_city(city, district)).items():
        write_bytes(folder / "packs" / city.pack / name, text.encode())


def _write_manifest(city: City, built: Build, months: Sequence[Period], district: str | None) -> None:
    content = {
        "fictional": True,
        "pack": city.pack,
        "seed": city.seed,
        "units": len(city.units),
        "months": [str(months[0]), str(months[-1])],
        "district": district,
        "files": built.files,
        "missing": built.missing,
    }
    write_bytes(built.folder / MANIFEST, (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode())
