"""One page, one file: parse, ask permission, call one selector or service, render."""
