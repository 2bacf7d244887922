"""Accounts of the service (接入账户): kept with the digest of a key alone, ended for good, each in the audit."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

import store_side
from jointsanction.errors import AccessError
from jointsanction.loop.access.accounts import all_accounts, end_account, open_account
from jointsanction.loop.access.keys import NO_ACCOUNT, holder_of, key_digest, make_key, opens
from jointsanction.model.caller import Account, Caller
from jointsanction.store.docket.chain import AuditSearch, found_records, verify_chain
from jointsanction.store.docket.docket import Docket
from jointsanction.store.instants import SHANGHAI
from jointsanction.terms import AccountRole, Audience

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2024, 6, 10, 10, tzinfo=SHANGHAI)
BY = Caller(account="command-line", unit="测试", officer="运维")
WHOLE = Account(
    name="trading-platform",
    unit="测试市交易中心",
    roles=frozenset({AccountRole.WINDOW, AccountRole.OPERATOR}),
    region="990000",
    matters=("BID", "GPC"),
    audience=Audience.AUTHORITY,
    rate=600,
    expires_on=date(2030, 1, 1),
)
PLAIN = Account(name="window", unit="测试市政务服务中心", roles=frozenset({AccountRole.WINDOW}))


def docket(folder: Path) -> Docket:
    """Return the docket of a test."""
    store_side.opened(folder)
    return Docket.open(store_side.url(folder))


def test_an_account_is_kept_as_it_is_and_its_key_is_not(tmp_path: Path) -> None:
    """Every word of an account comes back; of the key nothing is kept but what it can be held against."""
    kept = docket(tmp_path)
    keys = [open_account(kept, account, BY, at=NOW) for account in (PLAIN, WHOLE)]
    found = all_accounts(kept)
    assert [each.account for each in found] == [WHOLE, PLAIN]
    assert [opens(keys[1], each.digest) for each in found] == [True, False]
    assert [each.digest for each in found] == [key_digest(key) for key in reversed(keys)]


def test_an_account_ends_for_good(tmp_path: Path) -> None:
    """A name is never given again: the audit knows accounts by their names."""
    kept = docket(tmp_path)
    open_account(kept, PLAIN, BY, at=NOW)
    assert end_account(kept, "window", BY, at=NOW).ended
    assert [each.account.ended for each in all_accounts(kept)] == [True]
    for name in ("window", "nobody"):
        with pytest.raises(AccessError) as raised:
            end_account(kept, name, BY, at=NOW)
        assert raised.value.code == "access.no_such_account"
    with pytest.raises(AccessError) as raised:
        open_account(kept, PLAIN, BY, at=NOW)
    assert raised.value.code == "access.account_exists"


def test_who_opened_and_ended_an_account_is_in_the_audit(tmp_path: Path) -> None:
    """Each act has its record, in one transaction with it, and none holds anything of the key."""
    kept = docket(tmp_path)
    key = open_account(kept, WHOLE, BY, at=NOW)
    end_account(kept, "trading-platform", BY, at=NOW)
    with kept.reading() as connection:
        records = found_records(connection, AuditSearch(action="account", about="trading-platform"))
        assert verify_chain(connection).broken is None
    assert [each.entry["detail"]["act"] for each in records] == ["end", "open"]
    assert {each.entry["officer"] for each in records} == {"运维"}
    assert key not in str(records)
    assert key_digest(key) not in str(records)


@pytest.mark.parametrize("name", ["", "a", "Window", "三号", "a_b", "-a", "x" * 41])
def test_a_name_that_a_key_could_not_hold_is_refused(name: str) -> None:
    """The name stands in the key between two underscores."""
    with pytest.raises(AccessError) as raised:
        make_key(name)
    assert raised.value.code == "access.account_name"


def test_a_key_says_whose_it_is() -> None:
    """256 random bits behind the name of the account; what is no key is nobody's."""
    key, other = make_key("window-3"), make_key("window-3")
    assert (holder_of(key), key == other, len(key)) == ("window-3", False, len("js_window-3_") + 43)
    assert holder_of("js_window-3") is None
    assert holder_of("geheim") is None
    assert not opens(key, NO_ACCOUNT)
