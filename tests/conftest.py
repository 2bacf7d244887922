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


@pytest.fixture(params=ENGINES, scope="session")
def infer(request: pytest.FixtureRequest) -> Infer:
    """Return each engine in turn: what rules come to is the same."""
    return engine_of(request.param)


@pytest.fixture(scope="session")
def durable() -> Infer:
    """Return the second engine."""
    return engine_of("durable")


NO_SECOND_ENGINE = "没有安装 durable_rules：{} 项第二推导引擎的测试不做，`tox -e durable` 装上它来做。"
LEFT_OUT = pytest.StashKey[int]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs the second engine where it is not installed; in the environments that build it, fail."""
    wanting = [item for item in items if _of_second_engine(item)]
    if not wanting or os.environ.get("JOINTSANCTION_DURABLE"):
        return
    try:
        engine_of("durable")
    except MissingExtraError:
        config.stash[LEFT_OUT] = len(wanting)
        config.hook.pytest_deselected(items=wanting)
        items[:] = [item for item in items if not _of_second_engine(item)]


def _of_second_engine(item: pytest.Item) -> bool:
    drawn = getattr(item, "callspec", None)
    return "durable" in getattr(item, "fixturenames", ()) or (
        drawn is not None and drawn.params.get("infer") == "durable"
    )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say in one line what was left out."""
    if LEFT_OUT in config.stash:
        terminalreporter.write_line(NO_SECOND_ENGINE.format(config.stash[LEFT_OUT]))


MAY_BE_MISSING = ("../shared", "no JDK here")
"""What tests may skip for, in CI too: the texts beside the project, and a compiler of Java."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail in CI on a skip: nothing that this suite needs may be missing there, but what is named here."""
    report = yield
    if (
        report.skipped
        and not any(reason in str(report.longrepr) for reason in MAY_BE_MISSING)
        and os.environ.get("CI")
        and not hasattr(report, "wasxfail")
    ):
        report.outcome = "failed"
        report.longrepr = f"unexpected skip in CI: {report.longrepr}"
    return report
