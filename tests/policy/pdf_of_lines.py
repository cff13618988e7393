"""A PDF made by hand: pages of lines, with the boxes of a table where asked for; no font is embedded."""

from collections.abc import Sequence

_HEAD = "%PDF-1.4\n"
_SIZE, _LEADING, _LEFT, _TOP = 14, 24, 72, 770


def pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF whose pages hold these lines; a page without lines holds an empty drawing only."""
    return _file([_drawing(lines) for lines in pages])


def table_page(rows: Sequence[Sequence[str]], widths: Sequence[int]) -> bytes:
    """A PDF of one page with a ruled table."""
    parts, top = list[str](), _TOP
    for row in rows:
        left = _LEFT
        for cell, width in zip(row, widths, strict=True):
            parts.append(f"{left} {top - 8} {width} {_LEADING} re S")
            parts.append(_text(cell, left + 4, top))
            left += width
        top -= _LEADING
    return _file(["\n".join(parts)])


def _drawing(lines: Sequence[str]) -> str:
    return "\n".join(_text(line, _LEFT, _TOP - i * _LEADING) for i, line in enumerate(lines))


def _text(line: str, x: int, y: int) -> str:
    return f"BT /F1 {_SIZE} Tf {x} {y} Td <{line.encode('utf-16-be').hex()}> Tj ET"


def _file(drawings: Sequence[str]) -> bytes:
    kids = " ".join(f"{5 + 2 * i} 0 R" for i in range(len(drawings)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(drawings)} >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 "
        "/FontDescriptor << /Type /FontDescriptor "
        "/FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /Ascent 880 /Descent -120 >> "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
    ]
    for i, drawing in enumerate(drawings):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {6 + 2 * i} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(drawing)} >>\nstream\n{drawing}\nendstream")
    return _written(objects)


def _written(objects: Sequence[str]) -> bytes:
    body, offsets = _HEAD, list[int]()
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    start = len(body)
    size = len(objects) + 1
    body += f"xref\n0 {size}\n0000000000 65535 f \n{table}"
    body += f"trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return body.encode("latin-1")
