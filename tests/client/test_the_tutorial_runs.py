"""Every line of Python in the tutorial runs, in its order, against the home of a site."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_tutorial_runs_as_it_is_written_without_a_server(tmp_path):
    text = (ROOT / "docs" / "tutorial" / "in-a-notebook.md").read_text("utf-8")
    cells = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert len(cells) == 6
    told = {**os.environ, "TANHENG_HOME": str(tmp_path / "var"), "PYTHONPATH": str(ROOT)}
    told.pop("DJANGO_SETTINGS_MODULE", None)
    founded = [sys.executable, str(ROOT / "tests" / "client" / "a_home.py"), str(tmp_path)]
    subprocess.run(founded, env=told, check=True, capture_output=True)
    told.pop("TANHENG_HOME")
    ran = subprocess.run(
        [sys.executable, "-c", "\n".join(cells)], cwd=tmp_path, env=told, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert re.search(r"北区 \d+\.\d+ tCO2 incomplete \(\d+\)", ran.stdout), ran.stdout
    assert "co2 [tCO2]" in ran.stdout
    assert not (tmp_path / "None").exists() and sorted(item.name for item in tmp_path.iterdir()) == [
        "var",
        "能耗月报.xlsx",
    ]
