"""One page, one file: parse, call one selector, render. The rules are open to everybody."""
