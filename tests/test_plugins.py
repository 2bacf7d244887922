"""What a host may add: catalogues, readers, an observer; and where a user's registry lies."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

import worlds as w
from jointsanction import CheckResult, Engine, hookimpl
from jointsanction.home import default_store
from jointsanction.plugins import plugin_manager

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CITY = """
id: alert-city
title: 提示
class: administrative
degree: alert
binding: must
trigger: listing
targets: {lists: [BL.TAX]}
bears: [self]
matters: [HONOR]
basis: [{instrument: government-procurement-law, article: "22", carries: sets, text: verified}]
implementing_authority: [某市信用办]
duty: 提示经办人。
"""


class Host:
    """A host with a catalogue of its own that watches decisions."""

    def __init__(self, root: Path) -> None:
        """Remember where the catalogue lies."""
        self.root = root
        self.seen: list[CheckResult] = []

    @hookimpl
    def jointsanction_catalogues(self) -> list[Path]:
        """Give the catalogue root."""
        return [self.root]

    @hookimpl
    def jointsanction_decided(self, result: CheckResult) -> None:
        """Note a decision."""
        self.seen.append(result)


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    """Register a host for one test."""
    folder = tmp_path / "city" / "measures" / "restriction"
    folder.mkdir(parents=True)
    (folder / "alert-city.yaml").write_text(CITY, encoding="utf-8")
    plugin = Host(tmp_path / "city")
    plugin_manager().register(plugin)
    yield plugin
    plugin_manager().unregister(plugin)


def test_a_host_adds_a_catalogue_and_sees_decisions(host: Host) -> None:
    """The layer of a finding says from which root it came; an observer sees the answer and can't change it."""
    engine = Engine.open()
    assert engine.tables.catalog.measures["alert-city"].layer == "city"
    result = engine.check_subject(w.FIRM, "HONOR.ENT", coverage="loaded")
    assert host.seen == [result]


def test_without_a_host_there_is_the_shipped_catalogue_alone() -> None:
    """What a plugin added is gone with it."""
    assert "alert-city" not in Engine.open().tables.catalog.measures


@pytest.mark.parametrize(
    ("platform", "environment", "end"),
    [
        ("linux", {"XDG_DATA_HOME": "/data"}, "/data/jointsanction/registry.db"),
        ("linux", {}, "/home/officer/.local/share/jointsanction/registry.db"),
        ("darwin", {}, "/home/officer/Library/Application Support/jointsanction/registry.db"),
        ("win32", {}, "/home/officer/AppData/Local/jointsanction/registry.db"),
        ("linux", {"JOINTSANCTION_STORE": "sqlite:////srv/credit.db"}, "sqlite:////srv/credit.db"),
    ],
)
def test_the_default_store_lies_where_the_system_keeps_data(
    platform: str, environment: dict[str, str], end: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The environment's store, else the user's data folder by the custom of the system."""
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA", "JOINTSANCTION_STORE"):
        monkeypatch.delenv(name, raising=False)
    known: dict[str, Any] = {"HOME": "/home/officer", "USERPROFILE": "/home/officer", **environment}
    for name, value in known.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    assert default_store().endswith(end)
