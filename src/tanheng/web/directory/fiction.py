"""Whether the place is made up: said on every page, also on those that show no figure."""

from functools import cache

from tanheng.kernel.pack import DirectoryShape, PackManifest
from tanheng.records.models import Area
from tanheng.store.packs import read_packs


def site_is_fictional() -> bool:
    """Whether areas are recorded here that a pack which says it is made up carries."""
    areas = _made_up_areas()
    return bool(areas) and Area.objects.filter(subject__in=areas).exists()


@cache
def _made_up_areas() -> frozenset[str]:
    """Read once: a new pack needs a restart. Packs with problems are read as far as they can be, because this frame
    also stands around the page that says what is wrong.
    """
    packs, _ = read_packs()
    made_up = {manifest.id for manifest in packs.all(PackManifest) if manifest.fictional}
    shapes = [item.value for item in packs.definitions if item.pack in made_up]
    return frozenset(area.id for shape in shapes if isinstance(shape, DirectoryShape) for area in shape.areas)
