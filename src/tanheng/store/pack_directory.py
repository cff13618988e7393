"""The subjects and relations of directory files as one directory, and what does not hang together in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tanheng.kernel.faults import Finding, Worded
from tanheng.kernel.pack import Definition, DirectoryShape, PackSet
from tanheng.kernel.pack.shape import Titled
from tanheng.kernel.subject import Area, Directory, Facility, Party, Relation, overlapping

_SUBJECT = Worded("对象", "subject")


def merged_directory(shapes: Iterable[DirectoryShape]) -> Directory:
    """All subjects and relations of the files; an area without a level has been reported when the file was read."""
    found = tuple(shapes)
    return Directory(
        parties=tuple(Party(item.id, _label(item)) for shape in found for item in shape.parties),
        areas=tuple(Area(item.id, _label(item), item.level or "") for shape in found for item in shape.areas),
        facilities=tuple(
            Facility(item.id, _label(item), dict(item.codes)) for shape in found for item in shape.facilities
        ),
        relations=tuple(
            Relation(item.kind, item.child, item.parent, item.start, item.end)
            for shape in found
            for item in shape.relations
        ),
    )


def directory_findings(pack_set: PackSet) -> Iterator[Finding]:
    """Subjects defined twice, areas without a level, relations to nobody, children with two parents at once."""
    items = [item for item in pack_set.definitions if isinstance(item.value, DirectoryShape)]
    directory = merged_directory(pack_set.all(DirectoryShape))
    yield from _subjects(items)
    subjects: tuple[Party | Area | Facility, ...] = (*directory.parties, *directory.areas, *directory.facilities)
    known = {item.id for item in subjects}
    where = items[0].place if items else ""
    for item in items:
        for relation in item.value.relations if isinstance(item.value, DirectoryShape) else ():
            for subject in sorted({relation.child, relation.parent} - known):
                yield Finding("subject-missing", item.place, {"subject": subject})
    for first, second in overlapping(directory.relations):
        fields = {"child": first.child, "first": first.parent, "second": second.parent, "kind": first.kind}
        yield Finding("relations-overlap", where, fields)


def _subjects(items: Iterable[Definition]) -> Iterator[Finding]:
    first = dict[str, str]()
    for item in items:
        shape = item.value
        if not isinstance(shape, DirectoryShape):
            continue
        for subject in (*shape.parties, *shape.areas, *shape.facilities):
            if subject.id in first:
                fields = {"kind": _SUBJECT, "id": subject.id, "first": first[subject.id], "second": item.place}
                yield Finding("definition-twice", item.place, fields)
            first[subject.id] = item.place
        for area in shape.areas:
            if area.level is None:
                yield Finding("area-level-missing", item.place, {"area": area.id})


def _label(item: Titled) -> dict[str, str]:
    return {"zh": item.label.zh, "en": item.label.en}
