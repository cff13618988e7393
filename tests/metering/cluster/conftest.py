"""A standalone Spark cluster on this machine: a master and two workers, started and ended by the tests."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

_PYTHON = "TANHENG_CLUSTER_PYTHON"
_REQUIRED = "TANHENG_CLUSTER_REQUIRED"
_PATIENCE_S = 180
_READY = {"Master": r"at (spark://\S+)", "Worker": r"Successfully registered with master"}


def _missing() -> str | None:
    if shutil.which("java") is None:
        return "there is no java"
    if not os.environ.get(_PYTHON):
        return f"{_PYTHON} names no python with requirements/cluster.txt"
    return None


@pytest.fixture(scope="session")
def cluster_python() -> str:
    """The python of an environment with requirements/cluster.txt; without one the test is skipped, in CI it fails."""
    if problem := _missing():
        if os.environ.get(_REQUIRED):
            pytest.fail(f"the cluster test is required here, but {problem}")
        pytest.skip(f"no Spark cluster: {problem}")
    return os.environ[_PYTHON]


@pytest.fixture(scope="session")
def master(cluster_python: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the cluster."""
    home = _spark_home(cluster_python)
    folder = tmp_path_factory.mktemp("spark")
    with ExitStack() as running:
        line = running.enter_context(_daemon(home, folder, "Master", ["--host", "127.0.0.1", "--port", "0"]))
        for number in (1, 2):
            options = [
                "--host",
                "127.0.0.1",
                "--cores",
                "1",
                "--memory",
                "1g",
                "--work-dir",
                str(folder / f"w{number}"),
            ]
            running.enter_context(_daemon(home, folder, "Worker", [*options, line], number))
        yield line


def _spark_home(python: str) -> Path:
    told = subprocess.run(
        [python, "-c", "import pyspark; print(pyspark.__path__[0])"], check=True, capture_output=True, text=True
    )
    return Path(told.stdout.strip())


@contextmanager
def _daemon(home: Path, folder: Path, kind: str, options: list[str], number: int = 0) -> Iterator[str]:
    """A process of the cluster once its log says that it is ready; what that line names."""
    log = folder / f"{kind}-{number}.log"
    environment = {**os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_DAEMON_MEMORY": "256m"}
    environment["SPARK_DAEMON_JAVA_OPTS"] = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
    command = [str(home / "bin/spark-class"), f"org.apache.spark.deploy.{kind.lower()}.{kind}", "--webui-port", "0"]
    with log.open("w") as out:
        process = subprocess.Popen([*command, *options], stdout=out, stderr=out, env=environment)
        try:
            yield _told(log, _READY[kind], process)
        finally:
            process.terminate()
            process.wait()


def _told(log: Path, pattern: str, process: subprocess.Popen[bytes]) -> str:
    end = time.monotonic() + _PATIENCE_S
    while time.monotonic() < end and process.poll() is None:
        if found := re.search(pattern, log.read_text()):
            return found[found.re.groups]
        time.sleep(0.1)
    raise AssertionError(f"the cluster did not start:\n{log.read_text()}")
