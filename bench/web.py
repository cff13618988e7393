"""The speed of the web: pages of a city of 10,000 units and 57 months, beside a bare Django page of the same rows.

For each database: the site of bench/web_site.py is built, or used again where it stands; it is served as
`tanheng serve` serves it, and bench/web_bare.py beside it in the same way. Eight readers in a process of their own ask
for a page of one and of the other in turns, several rounds; of each side the 95th percentile of a round is taken, and
the middle one of the ratios of the rounds counts. Every page is asked three ways:

    again   nothing has changed since somebody under the same mandate read it: what a working day mostly is
    anew    something was recorded just before, so that the first reader of each page waits for it to be drawn
    alone   one reader, nothing kept: what drawing costs

Then explanations (at most 500 ms; the first one after a start reads directory, packs and figures and is told apart)
and a workbook of 10,000 rows that is checked in the background while its page says how far it is.

    python bench/web.py [--units 10000] [--rounds 5] [--home DIR] [--postgres URL] [--database sqlite|postgres]

Where no address of PostgreSQL is given and its programs are installed, a cluster of its own is started beside the home.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from http.client import HTTPException
from pathlib import Path

import web_pages
from web_clients import Browser
from web_postgres import own_cluster

HERE = Path(__file__).resolve().parent
RATIO_BOUND, EXPLAIN_BOUND_MS = 3.0, 500.0
EACH = 20


def main() -> int:
    """Measures both databases, prints, and returns 1 if a bound is not met."""
    options = _options()
    home = Path(options.home or Path(tempfile.gettempdir()) / f"tanheng-bench-web-{options.units}")
    print(f"pages of {options.units:,} units x 57 months, 8 readers; load of the machine {os.getloadavg()[0]:.1f}")
    met = [_measured("SQLite", home / "sqlite", "", options)] if options.database != "postgres" else []
    if options.database != "sqlite":
        with own_cluster(home / "cluster", options.postgres) as url:
            if url:
                met.append(_measured("PostgreSQL", home / "postgres", url, options))
            else:
                print("PostgreSQL: not measured; neither an address was given nor its programs are installed")
    return int(not all(met))


def _measured(name: str, home: Path, url: str, options: argparse.Namespace) -> bool:
    print(f"{name}: {home}", flush=True)
    surroundings = {**os.environ, "TANHENG_HOME": str(home), "PYTHONPATH": f"{HERE}{os.pathsep}{_path()}"}
    surroundings |= {"TANHENG_DATABASE_URL": url} if url else {}
    build = [sys.executable, str(HERE / "web_site.py"), "--home", str(home), "--units", str(options.units)]
    record = partial(subprocess.run, [*build, "--database", url, "--record"], check=True, env=surroundings)
    subprocess.run([*build, "--database", url], check=True, env=surroundings)
    with _served([sys.executable, "-m", "tanheng.web.site"], surroundings, options.port) as port:
        reader = Browser(port)
        _until_it_answers(reader)
        reader.log_in(options.login, options.password)
        met = []
        if "pages" in options.parts:
            met += _pages(reader, surroundings, options.rounds, record)
        if "workbook" in options.parts:
            met.append(web_pages.workbook_checked(reader))
        if "explanations" in options.parts:
            met.append(_explained(reader, options.rounds))
    return all(met)


def _pages(
    reader: Browser, surroundings: Mapping[str, str], rounds: int, record: Callable[[], object]
) -> Sequence[bool]:
    pages = web_pages.pages_of(reader)
    _fill(reader, pages, surroundings)
    with _served([sys.executable, str(HERE / "web_bare.py")], surroundings, reader.port + 1) as bare:
        _until_it_answers(Browser(bare))
        return [_page(page, paths, (reader.port, bare), reader, rounds, record) for page, paths in pages.items()]


def _path() -> str:
    return os.environ["PYTHONPATH"] if "PYTHONPATH" in os.environ else ""


@contextmanager
def _served(command: Sequence[str], surroundings: Mapping[str, str], port: int) -> Iterator[int]:
    with subprocess.Popen(command, env={**surroundings, "TANHENG_PORT": str(port)}, stdout=subprocess.DEVNULL) as site:
        try:
            yield port
        finally:
            site.terminate()


def _until_it_answers(reader: Browser) -> None:
    for _ in range(600):
        with suppress(OSError, HTTPException):
            reader.ask("GET", "/login/")
            return
        reader.connection.close()
        time.sleep(0.2)
    raise TimeoutError("the server does not answer")


def _fill(reader: Browser, pages: Mapping[str, Sequence[str]], surroundings: Mapping[str, str]) -> None:
    """Hands the rows that every page shows to the bare site."""
    shown = {path: reader.get(path) for paths in pages.values() for path in paths}
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(shown, file)
        file.flush()
        command = [sys.executable, str(HERE / "web_bare.py"), file.name]
        done = subprocess.run(command, check=True, env=surroundings, capture_output=True, text=True)
    rows = json.loads(done.stdout)
    print("  rows: " + ", ".join(f"{name} {rows[paths[0]]}" for name, paths in pages.items()), flush=True)


# ---- pages
def _page(  # one page, two sites, and what makes it out of date
    name: str, paths: Sequence[str], ports: tuple[int, int], reader: Browser, rounds: int, record: Callable[[], object]
) -> bool:
    """One page three ways; the bound is for what eight readers wait for."""
    ours, bare = ports
    plain = [f"/bare{path}" for path in paths]
    _asked(ours, reader, paths, EACH)
    _asked(bare, reader, plain, EACH)
    again = [(_asked(ours, reader, paths, EACH), _asked(bare, reader, plain, EACH)) for _ in range(rounds)]
    record()
    anew = [(_asked(ours, reader, paths, EACH), _asked(bare, reader, plain, EACH))]
    alone = [_alone(reader, path) for path in paths[:3]]
    met = _said(f"{name}, again", again, bound=True)
    _said(f"{name}, anew", anew, bound=False)
    print(f"  {name + ', alone':22} {statistics.median(alone):7.1f} ms to draw it", flush=True)
    return met


def _asked(port: int, reader: Browser, paths: Sequence[str], each: int) -> list[float]:
    asked = {"port": port, "cookies": reader.cookies, "paths": list(paths), "each": each}
    command = [sys.executable, str(HERE / "web_clients.py")]
    done = subprocess.run(command, input=json.dumps(asked), capture_output=True, text=True, check=True)
    times: list[float] = json.loads(done.stdout)
    return times


def _alone(reader: Browser, path: str) -> float:
    """What one reader waits for where nothing is kept: a question that nobody asked before."""
    mark = "&" if "?" in path else "?"
    reader.get(path)
    start = time.perf_counter()
    reader.get(f"{path}{mark}asked={time.time_ns()}")
    return (time.perf_counter() - start) * 1000


def _said(name: str, rounds: Sequence[tuple[Sequence[float], Sequence[float]]], *, bound: bool) -> bool:
    ratio = statistics.median(_at(95, ours) / _at(95, bare) for ours, bare in rounds)
    ours, bare = ([each for pair in rounds for each in pair[side]] for side in (0, 1))
    told = f"p50 {_at(50, ours):6.1f} / {_at(50, bare):6.1f}   p95 {_at(95, ours):6.1f} / {_at(95, bare):6.1f} ms"
    verdict = f"bound {RATIO_BOUND:g} x  {'met' if ratio <= RATIO_BOUND else 'NOT MET'}" if bound else ""
    print(f"  {name:22} {told}   p95 ratio {ratio:5.2f} x  {verdict}", flush=True)
    return ratio <= RATIO_BOUND


def _at(percent: int, times: Sequence[float]) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, round(percent / 100 * (len(ordered) - 1)))]


# ---- explanations
def _explained(reader: Browser, rounds: int) -> bool:
    """Figures of units, of a town, of a district and of the city, one after the other, once the inputs are at hand.

    What is asked for again is remembered, so that the bound is for the first time.
    """
    paths = web_pages.explanations_of(reader)
    first = _milliseconds(reader, paths[0]) / 1000
    once = [_milliseconds(reader, path) for path in paths[1:]]
    again = [_milliseconds(reader, path) for _ in range(rounds) for path in paths]
    met = _at(95, once) <= EXPLAIN_BOUND_MS
    told = f"p50 {_at(50, once):6.1f}   p95 {_at(95, once):6.1f} ms of {len(once)} figures"
    print(f"  {'explanation':22} {told}   bound {EXPLAIN_BOUND_MS:g} ms  {'met' if met else 'NOT MET'}")
    print(f"  {'':22} again p50 {_at(50, again):6.1f}   p95 {_at(95, again):6.1f} ms")
    print(f"  {'':22} the first after a start: {first:.1f} s", flush=True)
    return met


def _milliseconds(reader: Browser, path: str) -> float:
    start = time.perf_counter()
    reader.get(path)
    return (time.perf_counter() - start) * 1000


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--units", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--home", default="", help="where the sites stand between runs (default: the folder for passing files)"
    )
    parser.add_argument("--postgres", default=os.environ.get("TANHENG_BENCH_POSTGRES_URL", ""))
    parser.add_argument("--database", choices=("sqlite", "postgres", "both"), default="both")
    parser.add_argument("--parts", default="pages,explanations,workbook", help="which of these to measure")
    parser.add_argument("--port", type=int, default=8191)
    parser.add_argument("--login", default="office")
    parser.add_argument("--password", default=_password())
    return parser.parse_args()


def _password() -> str:
    """The password of the demonstration, which the fictional pack names."""
    from tanheng.kernel.pack import DemoLogins
    from tanheng.store import load_packs

    return next((found.password for found in load_packs().all(DemoLogins)), "")


if __name__ == "__main__":
    sys.exit(main())
