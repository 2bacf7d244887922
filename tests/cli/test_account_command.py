"""`jointsanction account` (接入账户): opened with a key that is shown once, listed, ended."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from cli_side import Slip
from jointsanction.loop.access.accounts import all_accounts
from jointsanction.loop.access.keys import opens
from jointsanction.store import Store
from jointsanction.store.docket.docket import Docket

if TYPE_CHECKING:
    from pathlib import Path

    from cli_side import Run

BY = ("--by", "运维")


@pytest.fixture
def store(tmp_path: Path) -> str:
    """Return the address of an empty store."""
    address = f"sqlite:///{tmp_path / 'credit.db'}"
    Store.open(address)
    return address


def test_an_account_is_opened_and_its_key_shown_once(run: Run, store: str) -> None:
    """The key is shown when it is made; the list shows everything else."""
    ran = run(
        "account", "add", "trading", "--unit", "虚构市交易中心", "--role", "window", "--matter", "bidding",
        "--audience", "authority", "--rate", "600", "--expires", "2030-01-01", "--region", "990000", *BY,
        "--store", store,
    )  # fmt: skip
    (key,) = re.findall(r"js_trading_\S{43}", ran.out)
    (kept,) = all_accounts(Docket.open(store))
    assert opens(key, kept.digest)
    listed = run("account", "list", "--store", store)
    assert key not in listed.out
    assert "虚构市交易中心" in listed.out
    assert json.loads(run("account", "list", "--json", "--store", store).out)["accounts"] == [
        {
            "name": "trading",
            "unit": "虚构市交易中心",
            "region": "990000",
            "audience": "authority",
            "rate": 600,
            "ended": False,
            "roles": ["window"],
            "matters": ["BID"],
            "expires_on": "2030-01-01",
        }
    ]


def test_an_account_is_ended(run: Run, store: str) -> None:
    """Ended is ended: the list says so, and its name is not given again."""
    add = ("account", "add", "window", "--unit", "虚构市政务服务中心", "--role", "窗口经办", *BY, "--store", store)
    assert run(*add).code == 0
    ran = run("account", "end", "window", *BY, "--store", store)
    assert (ran.code, "已停用账户 window" in ran.out) == (0, True)
    assert "已停用" in run("account", "list", "--store", store).out
    assert "access.account_exists" in run(*add).err


@pytest.mark.parametrize(
    "slip",
    [
        Slip(("add", "window", "--unit", "单位", *BY), 2, "access.no_role"),
        Slip(("add", "Window", "--unit", "单位", "--role", "window", *BY), 2, "access.account_name"),
        Slip(("add", "window", "--unit", "单位", "--role", "king", *BY), 2, "question.unknown_word"),
        Slip(("add", "window", "--unit", "单位", "--role", "window", "--matter", "nix", *BY), 2, "matter.unknown"),
        Slip(("end", "window", *BY), 2, "access.no_such_account"),
    ],
)
def test_what_is_wrong_is_told(run: Run, store: str, slip: Slip) -> None:
    """An account without a role could do nothing; a word nobody knows is none."""
    ran = run("account", *slip.given, "--store", store)
    assert (ran.code, slip.error in ran.err) == (slip.code, True)


def test_there_are_no_accounts_beside_no_lists(run: Run, tmp_path: Path) -> None:
    """A mistyped address makes no docket of its own."""
    ran = run("account", "list", "--store", f"sqlite:///{tmp_path / 'none.db'}")
    assert (ran.code, "registry.no_store" in ran.err) == (4, True)
    assert list(tmp_path.iterdir()) == []
