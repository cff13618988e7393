"""Files to text: one module for each format, each giving a `SourceText`; what is no document is refused by name."""

from tanheng.policy.formats.opening import open_source, source_of_text

__all__ = ["open_source", "source_of_text"]
