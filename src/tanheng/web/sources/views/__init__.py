"""One page, one file: parse, call one selector or service, render; who may is asked there."""
