"""One page, one file: parse, call one selector, render. All of them are open to everybody."""
