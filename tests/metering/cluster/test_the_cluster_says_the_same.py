"""One definition, two engines: a cluster of two workers gives the figures of DuckDB, to the integer."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import duckdb
import pytest

from tanheng.metering import Store
from tanheng.metering.cubes import Cubes

SOURCE = Path(__file__).parents[3] / "src"
TANHENG = "import sys; from tanheng.cli import main; sys.exit(main())"
PRICES = "unit,carrier,per,yuan,tariff,first,last\nfacility/sim-00001,electricity,kWh,0.6543,shanghai_two_part_2023,,\n"
# what is small is planned and compiled longer than it is computed
SMALL = {
    "spark.sql.shuffle.partitions": 2,
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.executor.memory": "768m",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.executor.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
}
GREEN = "unit,carrier,per,month,amount\nfacility/sim-00001,electricity,kWh,2025-01,1234.5\n"


def tanheng(python, home, *arguments):
    # as in a shell: the settings that the tests choose are those of pages, which a cluster's python does not have
    shell = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    environment = {**shell, "TANHENG_HOME": str(home), "PYTHONPATH": str(SOURCE)}
    told = subprocess.run(
        [python, "-c", TANHENG, *map(str, arguments)], capture_output=True, text=True, env=environment, check=False
    )
    assert told.returncode == 0, told.stderr[-3000:]
    return told.stdout


@pytest.fixture(scope="module")
def home(tmp_path_factory, cluster_python):
    """Sixteen meters with one of every fault, over the turn of a month."""
    root = tmp_path_factory.mktemp("homes")
    simulated = ("--meters", 16, "--days", 9, "--faults", "all", "--seed", 7, "--from", "2025-01-27")
    tanheng(
        cluster_python, root, "meters", "simulate", *simulated, "--out", root / "sim", "--truth", root / "truth.csv"
    )
    for what in (("--register", root / "sim/meters.csv"), sorted((root / "sim/readings").glob("*.parquet"))):
        tanheng(cluster_python, root / "duckdb", "meters", "import", *what)
    shutil.copytree(root / "duckdb", root / "spark")
    (root / "prices.csv").write_text(PRICES)
    (root / "green.csv").write_text(GREEN)
    return root


def rollup(python, root, *engine):
    lists = ("--prices", root / "prices.csv", "--green", root / "green.csv", "--known-on", "2026-01-31")
    return json.loads(tanheng(python, root / engine[0], "meters", "rollup", *lists, "--json", "--engine", *engine))


def cube_rows(home):
    paths = ", ".join(f"'{path}'" for path in Cubes.of(Store.open(home)).paths())
    names = ", ".join(duckdb.sql(f"select * from read_parquet([{paths}])").columns)
    return duckdb.sql(f"select {names} from read_parquet([{paths}]) order by meter, day").fetchall()


def without_engine(document):
    return {**document, "receipt": {**document["receipt"], "engine": ""}}


def test_a_cluster_gives_every_figure_of_duckdb_to_the_integer(home, cluster_python, master):
    ours = rollup(cluster_python, home, "duckdb")
    settings = [option for name, value in SMALL.items() for option in ("--spark", f"{name}={value}")]
    theirs = rollup(cluster_python, home, "spark", "--master", master, *settings)

    assert theirs["receipt"]["engine"] == "spark"
    assert without_engine(theirs) == without_engine(ours)
    assert any(row["cost_fen"] for row in ours["figures"]) and any(row["green"] for row in ours["figures"])
    assert cube_rows(home / "spark") == cube_rows(home / "duckdb")
