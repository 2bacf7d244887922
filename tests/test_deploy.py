"""What is shipped for running the service: the steps of the Dockerfile, units, timers, settings."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from jointsanction.cli import main

pytest.importorskip("fastapi")
from jointsanction.web.settings import load_settings

DEPLOY = Path(__file__).parents[1] / "deploy"
UNITS = sorted([*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")])
pytestmark = pytest.mark.skipif(not DEPLOY.is_dir(), reason="no checkout")


def steps() -> list[str]:
    """Return what the Dockerfile runs, but for what changes the system itself."""
    lines = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").splitlines()
    pairs = zip(["", *lines], lines, strict=False)
    return [
        line.removeprefix("RUN ")
        for before, line in pairs
        if line.startswith("RUN ") and "deploy: system" not in before
    ]


def test_the_steps_of_the_dockerfile_are_plain_commands(tmp_path: Path) -> None:
    """A virtual environment, the wheel with its extras, compiled, and a command that runs: each step as it stands.

    Nothing is fetched here: the environment sees what is installed, and the wheel is the package as it is.
    """
    wheels = tmp_path / "dist"
    building = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--quiet"]
    built = subprocess.run(  # noqa: S603 - our own package
        [*building, "--wheel-dir", str(wheels), str(DEPLOY.parent)], capture_output=True, text=True, check=False
    )
    if built.returncode:
        pytest.skip(f"hatchling is not installed here: {built.stderr.strip().splitlines()[-1]}")
    surroundings = os.environ | {
        "PIP_OPTIONS": "--no-index --no-deps --ignore-installed",
        "PYTHONDONTWRITEBYTECODE": "",
    }
    for step in steps():
        done = subprocess.run(  # noqa: S602 - as Docker does
            step, shell=True, cwd=tmp_path, env=surroundings, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{step}\n{done.stderr}"
        if step.endswith("-m venv venv"):
            [site] = (tmp_path / "venv").glob("lib/*/site-packages")
            (site / "zz-installed-here.pth").write_text("\n".join(filter(None, sys.path)), encoding="utf-8")
    assert "--workers" in done.stdout


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    """Every line of each unit is one that systemd knows, and each timer finds its service."""
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8")
        (tmp_path / unit.name).write_text(re.sub("ExecStart=[^ ]*", f"ExecStart={sys.executable}", text), "utf-8")
    told = subprocess.run(  # noqa: S603 - systemd's own
        ["systemd-analyze", "verify", "--man=no", *(str(tmp_path / unit.name) for unit in UNITS)],  # noqa: S607
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "jointsanction" not in told.stderr, told.stderr


def test_each_unit_is_as_confined_as_the_service() -> None:
    """What a timer starts has no more rights than the service, works on the same store, and a timer of its name."""
    whole = (DEPLOY / "jointsanction.service").read_text(encoding="utf-8")
    confined = whole[whole.index("LimitCORE") : whole.index("[Install]")]
    store = load_settings(DEPLOY / "service.yaml").store
    for timer in DEPLOY.glob("*.timer"):
        unit = timer.with_suffix(".service").read_text(encoding="utf-8")
        assert confined.strip() in unit, timer.name
        assert f"JOINTSANCTION_STORE={store} " in unit, timer.name
        assert "EnvironmentFile=-/etc/jointsanction/environment" in unit, timer.name


def started(unit: str, command: str, folder: Path) -> list[str]:
    """Return what a unit starts, as systemd hands it over, with another command and folder in the place of ours."""
    text = (DEPLOY / unit).read_text(encoding="utf-8")
    [line] = re.findall("^ExecStart=(.*)$", text, re.MULTILINE)
    line = line.replace("/opt/jointsanction/venv/bin/jointsanction", command)
    line = line.replace("/var/lib/jointsanction", str(folder))
    return [part.replace("$$", "$").replace("%%", "%") for part in shlex.split(line)]


def test_what_the_timers_start_does_what_it_says(tmp_path: Path) -> None:
    """Reminders are written; the cases of last month, its first day to its last, land in a file of its name."""
    store = f"sqlite:///{tmp_path / 'credit.db'}"
    lists = tmp_path / "lists.csv"
    lists.write_text(
        "list,name,uscc,listed_on,instrument_no\nBL.TAX,甲,91990000MA0000001B,2024-03-01,测税1号\n", "utf-8"
    )
    (tmp_path / "cases").mkdir()
    assert main(["import", str(lists), "--store", store]) == 0
    surroundings = os.environ | {"JOINTSANCTION_STORE": store, "TZ": "Asia/Shanghai"}

    def run(command: list[str]) -> str:
        done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)  # noqa: S603 - our own
        assert done.returncode == 0, done.stderr
        return done.stdout

    ours = str(Path(sys.executable).with_name("jointsanction"))
    assert "新写催办 0 条" in run(started("jointsanction-remind.service", ours, tmp_path))
    until = datetime.now(ZoneInfo("Asia/Shanghai")).date().replace(day=1) - timedelta(days=1)
    file = tmp_path / "cases" / f"{until:%Y-%m}.csv"
    said = run(started("jointsanction-cases.service", "echo", tmp_path)).split()
    wanted = ["loop", "cases", str(file), "--since", f"{until:%Y-%m}-01", "--until", str(until), "--by", "timer"]
    assert said == wanted
    assert "0 个案例" in run(started("jointsanction-cases.service", ours, tmp_path))
    assert file.is_file()


def test_the_settings_that_are_shipped_are_read() -> None:
    """The file of settings beside the unit says what it should."""
    settings = load_settings(DEPLOY / "service.yaml")
    assert (settings.workers, settings.snapshot, settings.host) == (2, True, "127.0.0.1")
