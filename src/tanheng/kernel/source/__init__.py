"""Where a rule comes from: instruments, their clauses, and citations of the form `instrument#address`."""

from tanheng.kernel.source.source import Citation, Clause, Instrument

__all__ = ["Citation", "Clause", "Instrument"]
