"""What is shipped for running the service: the steps of the Dockerfile as plain commands, the unit, the settings."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("fastapi")
from jointsanction.web.settings import load_settings

DEPLOY = Path(__file__).parents[1] / "deploy"
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
def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    """Every line of the unit is one that systemd knows."""
    unit = (DEPLOY / "jointsanction.service").read_text(encoding="utf-8")
    (tmp_path / "jointsanction.service").write_text(
        re.sub("ExecStart=[^ ]*", f"ExecStart={sys.executable}", unit), encoding="utf-8"
    )
    told = subprocess.run(  # noqa: S603 - systemd's own
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / "jointsanction.service")],  # noqa: S607
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "jointsanction.service" not in told.stderr, told.stderr


def test_the_settings_that_are_shipped_are_read() -> None:
    """The file of settings beside the unit says what it should."""
    settings = load_settings(DEPLOY / "service.yaml")
    assert (settings.workers, settings.snapshot, settings.host) == (2, True, "127.0.0.1")
