"""What every test stands on: hypothesis profiles, a home of its own, and no skip that nobody foresaw."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from jointsanction import MissingExtraError
from jointsanction.inference import ENGINES, engine_of

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from jointsanction.inference import Infer

pytest_plugins = ["pytester"]

# No deadlines: the machine's load is nothing a property may depend on.
# The README's command gives everybody the same examples; `thorough` looks for new ones.
settings.register_profile("dev", deadline=None, max_examples=50, derandomize=True)
settings.register_profile(
    "ci", deadline=None, max_examples=100, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("thorough", deadline=None, max_examples=5000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "dev"))


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test an empty home: nobody's registry is read or written."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    monkeypatch.delenv("JOINTSANCTION_STORE", raising=False)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder that the test stands in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


NO_SECOND_ENGINE = "没有安装 durable_rules，只测自带的推导引擎；`tox -e durable` 两个都测"

FORESEEN = ("../shared", NO_SECOND_ENGINE)
"""The texts beside the project; the second engine, which needs a compiler, outside the environments that build it."""


def engine(name: str) -> Infer:
    """Return an engine; where the second one is not installed, and need not be, skip."""
    try:
        return engine_of(name)
    except MissingExtraError:
        if os.environ.get("JOINTSANCTION_DURABLE"):
            raise
        pytest.skip(NO_SECOND_ENGINE)


@pytest.fixture(params=ENGINES, scope="session")
def infer(request: pytest.FixtureRequest) -> Infer:
    """Return each engine in turn: what rules come to is the same."""
    return engine(request.param)


@pytest.fixture(scope="session")
def durable() -> Infer:
    """Return the second engine."""
    return engine("durable")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail in CI on a skip that nobody foresaw: nothing that this suite needs may be missing there."""
    report = yield
    if (
        report.skipped
        and not any(words in str(report.longrepr) for words in FORESEEN)
        and os.environ.get("CI")
        and not hasattr(report, "wasxfail")
    ):
        report.outcome = "failed"
        report.longrepr = f"unexpected skip in CI: {report.longrepr}"
    return report
