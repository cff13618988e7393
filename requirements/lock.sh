#!/bin/sh
# Resolves pyproject.toml into hashed requirement files that plain pip installs. Called by `make lock`.
# uv does it because one file then holds for every Python from 3.11 on and every platform; it is not needed to install.
# No address of an index may enter the files: where packages come from is the business of the machine that installs.
set -eu
python=${1:-python3}
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$python" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet uv

resolve() { # resolve FILE ABOUT EXTRA...
    file=$1 about=$2
    shift 2
    extras=
    for extra in "$@"; do extras="$extras --extra $extra"; done
    # What is locked already stays as it is, unless UPGRADE=1 asks for the newest of everything.
    if [ "${UPGRADE:-0}" != 1 ] && [ -f "requirements/$file" ]; then cp "requirements/$file" "$work/out.txt"; else rm -f "$work/out.txt"; fi
    # shellcheck disable=SC2086
    "$work/venv/bin/uv" pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
        --no-header --no-annotate --no-emit-index-url --no-emit-find-links $extras --output-file "$work/out.txt"
    {
        echo "# $about"
        echo "# Made by \`make lock\` (requirements/lock.sh) from pyproject.toml; do not edit. Install with plain pip:"
        echo "#   pip install --require-hashes -r requirements/$file"
        cat "$work/out.txt"
    } >"requirements/$file"
}

resolve lock.txt "Everything but the cluster extra, with hashes." fiction web policy metering reports forecast dev
resolve cluster.txt "The core and the cluster extra, with hashes." cluster
