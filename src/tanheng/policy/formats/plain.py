"""Bytes to text: UTF-8, UTF-16, GB 18030, Big5, and files that mix encodings line by line."""

from __future__ import annotations

from charset_normalizer import from_bytes

from tanheng.kernel.faults import Finding, Refusal, Severity

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_LISTED_LINES = 5
_CONTROL = bytes([*range(9), *range(14, 32)])
_BINARY_SHARE = 0.03


def decoded(name: str, content: bytes) -> tuple[str, tuple[Finding, ...]]:
    """The text of a file, and a finding where its encoding is not one.

    Refuses  policy-file-not-document: it is no text at all.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace"), ()
    if sum(content.count(sign) for sign in _CONTROL) > _BINARY_SHARE * len(content):
        raise Refusal("policy-file-not-document", file=name, kind="二进制文件 binary file")
    for encoding in ("utf-8", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8" or _is_chinese(text):
            return text, ()
    return _mixed(name, content)


def _is_chinese(text: str) -> bool:
    """Whether decoded text looks like Chinese: rare signs are the mark of a wrong guess."""
    signs = [sign for sign in text if not sign.isascii() and not sign.isspace()]
    usual = sum(
        "\u4e00" <= sign <= "\u9fff" or "\u3000" <= sign <= "\u303f" or "\uff00" <= sign <= "\uffef" for sign in signs
    )
    rare = sum("\ue000" <= sign <= "\uf8ff" or sign > "\uffff" for sign in signs)
    return not signs or (usual >= 0.9 * len(signs) and rare < 0.02 * len(signs))


def _mixed(name: str, content: bytes) -> tuple[str, tuple[Finding, ...]]:
    """Line by line: UTF-8 where it fits, else GB 18030; a line that fits neither keeps a mark for each lost sign."""
    lines, odd, lost = list[str](), list[int](), list[int]()
    raw = content.split(b"\n")
    main = sum(_fits(line, "utf-8") for line in raw) >= sum(_fits(line, "gb18030") for line in raw)
    order = ("utf-8", "gb18030") if main else ("gb18030", "utf-8")
    for number, line in enumerate(raw, 1):
        encoding = next((encoding for encoding in order if _fits(line, encoding)), None)
        if encoding is None:
            lost.append(number)
        elif encoding != order[0] and not line.isascii():
            odd.append(number)
        lines.append(line.decode(encoding or order[0], errors="replace"))
    text = "\n".join(lines)
    if len(lost) > len(raw) // 2 and (guess := from_bytes(content).best()):
        text = str(guess)
    fields = {"lines": _listed([*odd, *lost]), "count": len(odd) + len(lost)}
    return text, (Finding("policy-encoding-mixed", f"{name}:{([*odd, *lost] or [1])[0]}", fields, Severity.WARNING),)


def _fits(line: bytes, encoding: str) -> bool:
    try:
        return _is_chinese(line.decode(encoding))
    except UnicodeDecodeError:
        return False


def _listed(numbers: list[int]) -> str:
    shown = ", ".join(str(number) for number in sorted(numbers)[:_LISTED_LINES])
    return shown + (", …" if len(numbers) > _LISTED_LINES else "")
