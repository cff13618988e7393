"""Where a rule comes from: citations of the form `instrument#address`.

What an instrument and its clauses are is a definition and lives in the pack room.
"""

from tanheng.kernel.source.citation import Citation

__all__ = ["Citation"]
