"""A change of the catalogue comes into force only when somebody else approved it (四眼原则)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from console_side import World
from jointsanction.catalog.bundle import default_catalog
from jointsanction.catalog.layer import laid_over
from jointsanction.errors import AccessError, CatalogError, LoopError
from jointsanction.loop.law_making import proposals as law_making
from jointsanction.loop.law_making.proposals import (
    Change,
    approve,
    approved,
    find,
    proposals,
    propose,
    refuse,
    review,
    revoke,
)
from jointsanction.loop.law_making.standing import standing_in
from jointsanction.loop.law_making.trying import look_over
from jointsanction.model.proposal import Proposal
from jointsanction.store.docket.in_force import with_approved
from jointsanction.store.docket.proposals import (
    approved_numbers,
    decide_proposal,
    instant_of_decision,
    write_proposal,
)
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
    assert with_approved(BASE, world.docket) == (BASE, BASE, ())
    done = approve(world.desk, BASE, number, world.caller("reviewer"))
    assert (done.state, done.author, done.reviewer) == (ProposalState.APPROVED, "author", "reviewer")
    assert with_approved(BASE, world.docket).catalog.measures["our-measure"].layer == "approved"
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
        refuse(world.desk, number, "\u200b", world.caller("reviewer"))
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
    assert with_approved(BASE, world.docket).catalog.measures["our-measure"].title == "示例措施二"
    assert [each.state for each in proposals(world.docket)] == ["approved", "approved", "proposed"]


def with_title(title: str) -> dict[str, str]:
    """Return the file of the measure under another title."""
    return {PATH: TEXT.replace("示例措施（改为本措施的名称）", title)}


def test_a_text_that_was_corrected_meanwhile_does_not_come_back(tmp_path: Path) -> None:
    """Of two open changes of one file the one approved later would undo the other unread: it has to be written anew."""
    world = World(tmp_path)
    old, corrected = proposed(world, with_title("旧文本")), proposed(world, with_title("改正"))
    approve(world.desk, BASE, corrected, world.caller("reviewer"))
    looked = review(world.docket, BASE, find(world.docket, old), World.today())
    assert not looked.sound
    assert [(each.file, each.code) for each in looked.remarks if each.level == "error"] == [(PATH, "stale")]
    with pytest.raises(LoopError) as caught:
        approve(world.desk, BASE, old, world.caller("reviewer"))
    assert caught.value.code == "loop.proposal_stale"
    assert PATH in caught.value.message
    assert with_approved(BASE, world.docket).catalog.measures["our-measure"].title == "改正"
    again = proposed(world, with_title("重新提出"))
    approve(world.desk, BASE, again, world.caller("reviewer"))
    assert with_approved(BASE, world.docket).catalog.measures["our-measure"].title == "重新提出"


def test_what_it_overrides_must_be_what_its_author_read(tmp_path: Path) -> None:
    """A change that stands in the place of an entry of the catalogue is written against that very entry."""
    world = World(tmp_path)
    name = "refuse-government-procurement"
    path = f"measures/restriction/{name}.yaml"
    text = (world.repository / path).read_text(encoding="utf-8").replace(f"id: {name}", f"id: {name}\noverrides: true")
    number = proposed(world, {path: text})
    shipped = BASE.measures[name].model_copy(update={"title": "新版"})
    newer = BASE.model_copy(update={"measures": {**BASE.measures, name: shipped}})
    with pytest.raises(LoopError) as caught:
        approve(world.desk, newer, number, world.caller("reviewer"))
    assert caught.value.code == "loop.proposal_stale"
    assert standing_in(world.docket) == ((), {})


def test_of_two_approved_at_once_one_was_looked_over_in_vain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two paths define one id: either is sound alone, so the second must be looked over together with the first."""
    world = World(tmp_path)
    local = "measures/local/990000/restriction/our-measure.yaml"
    first, second = proposed(world), proposed(world, {local: f'{TEXT}region: "990000"\n'})
    whole, reviewer = law_making.look_over, world.caller("reviewer")

    def meanwhile(*args: Any) -> Any:  # noqa: ANN401 - as it is
        looked = whole(*args)
        monkeypatch.setattr(law_making, "look_over", whole)
        approve(world.desk, BASE, first, reviewer)
        return looked

    monkeypatch.setattr(law_making, "look_over", meanwhile)
    with pytest.raises(LoopError) as caught:
        approve(world.desk, BASE, second, reviewer)
    assert caught.value.code == "loop.proposal_overtaken"
    assert find(world.docket, second).state is ProposalState.PROPOSED
    with pytest.raises(LoopError) as caught:
        approve(world.desk, BASE, second, reviewer)
    assert caught.value.code == "loop.proposal_unsound"
    assert with_approved(BASE, world.docket).approved == (first,)


def test_approved_later_is_in_force_whatever_the_clock_says(tmp_path: Path) -> None:
    """The clock of another machine may be behind; the order of the approvals is that of the docket."""
    world = World(tmp_path)
    for title in ("先", "后"):
        approve(world.desk, BASE, proposed(world, with_title(title)), world.caller("reviewer"))
        world.clock.later(minutes=-5)
    assert with_approved(BASE, world.docket).catalog.measures["our-measure"].title == "后"
    first, second = proposals(world.docket)
    assert first.decided_at is not None
    assert second.decided_at is not None
    assert first.decided_at < second.decided_at


def test_many_changes_may_be_larger_than_one(tmp_path: Path) -> None:
    """The limit is on one change, not on all that were ever approved."""
    world = World(tmp_path)
    large = f"# {'x' * 200_000}\n"
    with world.docket.writing() as connection:
        for number in ("1", "2"):
            path, text = PATH.replace("our", f"our-{number}"), large + TEXT.replace("our-", f"our-{number}-")
            made = replace(find_made(world), number=number, files={path: text})
            write_proposal(connection, made)
            done = replace(made, state=ProposalState.APPROVED)
            assert decide_proposal(connection, done, instant_of_decision(connection, world.clock()))
    assert with_approved(BASE, world.docket).approved == ("1", "2")


def find_made(world: World) -> Proposal:
    """Return a change as it is when it was just proposed."""
    return Proposal(
        number="0",
        title="新增",
        files={},
        against={},
        author="author",
        state=ProposalState.PROPOSED,
        recorded_at=world.clock(),
    )


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
    assert PATH in caught.value.message
    assert approved_title(world) in caught.value.message


def approved_title(world: World) -> str:
    """Return the number and title by which the only approved change is named."""
    (change,) = proposals(world.docket, ProposalState.APPROVED)
    return f"{change.number}（{change.title}）"


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
