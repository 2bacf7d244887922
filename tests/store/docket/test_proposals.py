"""A change of the catalogue comes into force only when somebody else approved it (四眼原则)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from console_side import World
from jointsanction.catalog.bundle import default_catalog
from jointsanction.errors import AccessError, CatalogError, LoopError
from jointsanction.loop.law_making.proposals import (
    Change,
    approve,
    approved,
    find,
    proposals,
    propose,
    refuse,
    revoke,
    with_approved,
)
from jointsanction.loop.law_making.trying import laid_over, look_over
from jointsanction.store.docket.proposals import approved_numbers, decide_proposal
from jointsanction.terms import ProposalState
from jointsanction.web.console.workshop import TEXT

if TYPE_CHECKING:
    from pathlib import Path

PATH = "measures/restriction/our-measure.yaml"
BASE = default_catalog()
CHANGE = Change("新增示例措施", {PATH: TEXT})


def proposed(world: World, files: dict[str, str] | None = None) -> str:
    """Propose a change as the author, and return its number."""
    change = CHANGE if files is None else Change("修改", files)
    return propose(world.desk, BASE, change, world.caller("author")).number


def test_what_another_approves_is_in_force(tmp_path: Path) -> None:
    """Approved, a change is a layer of the catalogue; before that it is nothing."""
    world = World(tmp_path)
    number = proposed(world)
    assert approved(world.docket) == {}
    assert with_approved(BASE, world.docket) is BASE
    done = approve(world.desk, BASE, number, world.caller("reviewer"))
    assert (done.state, done.author, done.reviewer) == (ProposalState.APPROVED, "author", "reviewer")
    assert with_approved(BASE, world.docket).measures["our-measure"].layer == "approved"
    with world.docket.reading() as connection:
        assert approved_numbers(connection) == (number,)


def test_nobody_approves_his_own(tmp_path: Path) -> None:
    """Somebody with both posts may write and may approve, but not the same change."""
    world = World(tmp_path)
    number = propose(world.desk, BASE, CHANGE, world.caller("reviewer")).number
    with pytest.raises(AccessError) as caught:
        approve(world.desk, BASE, number, world.caller("reviewer"))
    assert caught.value.code == "access.four_eyes"


@pytest.mark.parametrize("name", ["window", "author"])
def test_only_a_reviewer_decides(tmp_path: Path, name: str) -> None:
    """Another post can't approve at all."""
    world = World(tmp_path)
    with pytest.raises(AccessError) as caught:
        approve(world.desk, BASE, proposed(world), world.caller(name))
    assert caught.value.code == "access.role"


def test_refused_with_a_reason(tmp_path: Path) -> None:
    """A refusal says why, and ends the matter."""
    world = World(tmp_path)
    number = proposed(world)
    with pytest.raises(LoopError, match="理由"):
        refuse(world.desk, number, " ", world.caller("reviewer"))
    assert refuse(world.desk, number, "依据未核对", world.caller("reviewer")).reason == "依据未核对"
    with pytest.raises(LoopError) as caught:
        approve(world.desk, BASE, number, world.caller("reviewer"))
    assert caught.value.code == "loop.proposal_decided"


def test_taken_back_by_its_author_alone(tmp_path: Path) -> None:
    """Whoever proposed a change may take it back while it is open."""
    world = World(tmp_path)
    number = proposed(world)
    with pytest.raises(AccessError) as caught:
        revoke(world.desk, number, world.caller("reviewer"))
    assert caught.value.code == "access.not_the_author"
    assert revoke(world.desk, number, world.caller("author")).state is ProposalState.REVOKED
    assert proposals(world.docket, ProposalState.PROPOSED) == ()


def test_a_later_change_stands_in_the_place_of_an_earlier(tmp_path: Path) -> None:
    """The newest approved text of a file is the one that counts."""
    world = World(tmp_path)
    for title in ("示例措施一", "示例措施二"):
        number = proposed(world, {PATH: TEXT.replace("示例措施（改为本措施的名称）", title)})
        world.clock.later(minutes=1)
        approve(world.desk, BASE, number, world.caller("reviewer"))
    proposed(world)
    assert with_approved(BASE, world.docket).measures["our-measure"].title == "示例措施二"
    assert [each.state for each in proposals(world.docket)] == ["approved", "approved", "proposed"]


def test_of_two_who_decide_at_once_one_is_too_late(tmp_path: Path) -> None:
    """The row itself says whether it is still open."""
    world = World(tmp_path)
    found = find(world.docket, proposed(world))
    with world.docket.writing() as connection:
        assert decide_proposal(connection, found, world.clock())
    number = proposed(world)
    refuse(world.desk, number, "不对", world.caller("reviewer"))
    with world.docket.writing() as connection:
        assert not decide_proposal(connection, find(world.docket, number), world.clock())


NONE = (
    (Change(" ", {PATH: TEXT}), "loop.proposal_untitled"),
    (Change("x", {}), "loop.proposal_files"),
    (Change("x", {"measures/../../etc/passwd.yaml": "a"}), "loop.proposal_files"),
    (Change("x", {"/etc/a.yaml": "a"}), "loop.proposal_files"),
    (Change("x", {PATH: "a" * 300_000}), "loop.proposal_files"),
    (Change("x", {PATH: TEXT.replace("degree:", "dgree:")}), "catalog.missing_key"),
)


@pytest.mark.sqlite
def test_what_is_no_change_is_not_taken(tmp_path: Path) -> None:
    """Without a title, with a path that leads elsewhere, too large, or unreadable: nothing is kept."""
    world = World(tmp_path)
    for change, code in NONE:
        with pytest.raises((LoopError, CatalogError)) as caught:
            propose(world.desk, BASE, change, world.caller("author"))
        assert caught.value.code == code
    assert proposals(world.docket) == ()


def test_a_number_of_none(tmp_path: Path) -> None:
    """There is nothing to decide about a change that nobody proposed."""
    with pytest.raises(LoopError) as caught:
        find(World(tmp_path).docket, "MLXG-0")
    assert caught.value.code == "loop.no_such_proposal"


def test_cases_beside_it_are_run() -> None:
    """A case that comes out otherwise speaks against a change, and keeps it from being approved."""
    cases = """\
cases:
  - name: 列入的受提示
    subject: {kind: enterprise, uscc: "91990000MA0000001B"}
    listings: [{list: BL.GPC, listed_on: 2026-02-01}]
    matter: GPC.SUPPLIER
    as_of: 2026-06-10
    want: [our-measure]
"""
    beside = PATH.replace(".yaml", ".test.yaml")
    found = look_over(BASE, {PATH: TEXT, beside: cases}, World.today())
    assert not found.sound
    assert any(each.code == "case" and "列入的受提示" in each.message for each in found.remarks)
    broken = look_over(BASE, {PATH: TEXT, beside: "cases: [{name: x}]\n"}, World.today())
    assert [each.file for each in broken.remarks if each.level == "error"] == [beside]
    odd = look_over(BASE, {PATH: TEXT, beside: cases.replace("GPC.SUPPLIER", "NONE.SUCH")}, World.today())
    assert any("NONE.SUCH" in each.message for each in odd.remarks)


def test_what_no_longer_fits_is_said(tmp_path: Path) -> None:
    """When the catalogue beneath loses what an approved change rests on, nobody answers by half of it."""
    world = World(tmp_path)
    approve(world.desk, BASE, proposed(world), world.caller("reviewer"))
    lists = {code: kind for code, kind in BASE.lists.items() if code != "BL.GPC"}
    with pytest.raises(LoopError) as caught:
        with_approved(BASE.model_copy(update={"lists": lists}), world.docket)
    assert caught.value.code == "loop.approved_unreadable"


def test_an_unsound_change_is_not_approved(tmp_path: Path) -> None:
    """The same measure twice, under another id, loads but must not be approved."""
    world = World(tmp_path)
    text = (world.repository / "measures/restriction/refuse-government-procurement.yaml").read_text(encoding="utf-8")
    path = "measures/restriction/the-same-again.yaml"
    number = proposed(world, {path: text.replace("id: refuse-government-procurement", "id: the-same-again")})
    with pytest.raises(LoopError) as caught:
        approve(world.desk, BASE, number, world.caller("reviewer"))
    assert caught.value.code == "loop.proposal_unsound"


def test_nothing_laid_over_is_the_catalogue_itself() -> None:
    """Without any change there is nothing to load."""
    assert laid_over(BASE, {}) is BASE
