"""What an account may do: its roles, and its matters with all below them."""

from __future__ import annotations

import pytest

import worlds as w
from jointsanction import AccessError, UnknownMatterError
from jointsanction.catalog.compile import compile_catalog
from jointsanction.engine import open_catalog
from jointsanction.loop.access.permits import permit, permit_matter
from jointsanction.model.caller import Caller
from jointsanction.terms import AccountRole

TABLES = compile_catalog(w.world(w.measure(), w.list_type()), "test")


def test_a_role_permits_its_own() -> None:
    """One of the roles is enough; without any it is refused, and the roles are named."""
    caller = Caller(account="a", unit="u", roles=frozenset({AccountRole.WINDOW}))
    permit(caller, AccountRole.AUDITOR, AccountRole.WINDOW)
    with pytest.raises(AccessError) as error:
        permit(caller, AccountRole.AUDITOR)
    assert error.value.code == "access.role"
    assert "审计" in error.value.message


def test_a_matter_permits_those_below_it() -> None:
    """An account with no matters may ask about all; with some, about those and all below, by any name."""
    tables = compile_catalog(open_catalog(), "test")
    permit_matter(Caller(account="a", unit="u"), "procurement", tables)
    permit_matter(Caller(account="a", unit="u", matters=("GPC",)), "procurement", tables)
    with pytest.raises(AccessError) as error:
        permit_matter(Caller(account="a", unit="u", matters=("GPC", "gone")), "bidding", tables)
    assert error.value.code == "access.matter"
    with pytest.raises(UnknownMatterError):
        permit_matter(Caller(account="a", unit="u"), "xyzzy", TABLES)
