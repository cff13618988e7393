"""The tree as the house tests read it: parsed modules of `src/tanheng` and the files that git keeps."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "tanheng"


@dataclass(frozen=True)
class Module:
    """One Python file: where it is, what it says, how it parses."""

    path: str
    text: str
    tree: ast.Module

    def at(self, node: ast.AST, why: str) -> str:
        """A problem in one line that an editor can jump to."""
        return f"{self.path}:{getattr(node, 'lineno', 1)}: {why}"


def sample(text: str, path: str = "src/tanheng/sample.py") -> Module:
    """A module that is not in the tree: what each check is tried on."""
    return Module(path, text, ast.parse(text))


@lru_cache
def modules(under: str = "") -> tuple[Module, ...]:
    """Every module of src/tanheng, or of one room of it; migrations are written by Django and left out."""
    files = sorted(path for path in (SRC / under).rglob("*.py") if "migrations" not in path.parts)
    return tuple(sample(path.read_text("utf-8"), path.relative_to(ROOT).as_posix()) for path in files)


@lru_cache
def tracked_texts() -> tuple[tuple[str, str], ...]:
    """Path and text of every text file that git keeps or would add."""
    listing = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    return tuple(_texts(path for path in sorted(set(listing.split("\0"))) if path and (ROOT / path).is_file()))


def _texts(paths: Iterator[str]) -> Iterator[tuple[str, str]]:
    for path in paths:
        try:
            yield path, (ROOT / path).read_text("utf-8")
        except UnicodeDecodeError:
            continue  # a binary file: a font, an image, a compiled catalogue


def name_of(call: ast.Call) -> str:
    """`f` of f(...) and of a.b.f(...)."""
    target = call.func
    if isinstance(target, ast.Attribute):
        return target.attr
    return target.id if isinstance(target, ast.Name) else ""


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Every call in the tree."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))
