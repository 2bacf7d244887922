"""What a memorandum touched, and which measure carries it today: the report agrees with what answers say."""

from __future__ import annotations

import json
from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from jointsanction.catalog.bundle import default_catalog
from jointsanction.catalog.compile import compile_catalog
from jointsanction.catalog.load import load_catalog
from jointsanction.catalog.migration import (
    Migrated,
    Standing,
    Successor,
    Touched,
    migration,
    migration_document,
    standings,
)
from jointsanction.steps.planning.strength import strength
from jointsanction.terms import Effect, Reason

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DAY = date(2024, 6, 1)
LAW = "《虚构贸易法》"
NOTICE = "measures/instruments/notice.yaml"
MEMO = "measures/instruments/memo.yaml"
M = "measures/restriction/refuse-trade.yaml"
BAR = "measures/restriction/bar-after-sentence.yaml"
LOCAL = "measures/local/990000/restriction/withhold-fast-lane.yaml"
BASIS = '- {instrument: trade-law, article: "22", carries: sets, text: verified}'
CITED = "\n  - {instrument: memo, carries: implements, text: recalled}"


@pytest.fixture
def report(world: Path) -> Callable[..., tuple[Migrated, ...]]:
    """Return a function that adds a memorandum and a notice, changes words in files, and reports on the catalogue."""
    text = "id: {}\ntitle: 虚构{}\nlevel: {}\nvalid_from: 2016-01-01\n"
    (world / MEMO).write_text(text.format("memo", "备忘录", "memorandum"), encoding="utf-8")
    (world / NOTICE).write_text(text.format("notice", "通知", "normative-document"), encoding="utf-8")

    def reported(*changes: tuple[str, str, str], day: date = DAY) -> tuple[Migrated, ...]:
        for file, old, new in changes:
            path = world / file
            before = path.read_text(encoding="utf-8")
            assert old in before
            path.write_text(before.replace(old, new), encoding="utf-8")
        return migration(compile_catalog(load_catalog([world]), ""), day)

    return reported


def test_a_memorandum_lives_on_where_the_law_carries_it(report: Callable[..., tuple[Migrated, ...]]) -> None:
    """The law beside the memorandum carries the measure; documents that touched nothing are told, too."""
    memo, notice = report((M, BASIS, BASIS + CITED))
    carried = Successor("refuse-trade", Reason.APPLIES, (LAW + "第22条",))
    assert memo.measures == ("refuse-trade",)
    assert memo.touched == (Touched("BL.ONE", "TRADE.LIC", Effect.RESTRICTION, ("refuse-trade",), (carried,)),)
    assert (notice.instrument.id, notice.measures, notice.lists, notice.touched) == ("notice", (), (), ())
    assert standings((memo, notice)) == {
        Standing.CARRIED: 1, Standing.PARTLY: 0, Standing.HINT: 0, Standing.NONE: 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("file", "old", "new", "reason", "standing"),
    [
        (M, "text: verified", "text: recalled", Reason.UNVERIFIED, Standing.HINT),
        (M, "carries: sets", "carries: refers", Reason.REFERS_ONLY, Standing.HINT),
        (M, "instrument: trade-law,", "instrument: trade-rule,", Reason.BASIS_TOO_WEAK, Standing.HINT),
        (M, "instrument: trade-law,", "instrument: old-trade-law,", Reason.BASIS_ENDED, Standing.NONE),
        (M, "duty:", "valid_to: 2020-01-01\nduty:", Reason.BASIS_ENDED, Standing.NONE),
        (M, "duty:", "valid_from: 2030-01-01\nduty:", Reason.BASIS_NOT_YET, Standing.NONE),
        (M, "text: verified}", "text: verified, valid_from: 2030-01-01}", Reason.BASIS_NOT_YET, Standing.NONE),
        ("measures/lists/BL.ONE.yaml", "carries: founds", "carries: refers", Reason.UNFOUNDED_LIST, Standing.HINT),
    ],
)  # fmt: skip
def test_why_nothing_carries_it(  # noqa: PLR0913, PLR0917 - the table of what is spoiled how
    file: str, old: str, new: str, reason: Reason, standing: Standing, report: Callable[..., tuple[Migrated, ...]]
) -> None:
    """A memorandum alone takes nothing away: without the law what is left is a hint, or nothing."""
    memo, _ = report((file, old, new), (M, "\nimplementing_authority", CITED + "\nimplementing_authority"))
    (touched,) = memo.touched
    assert [(one.measure, one.reason) for one in touched.now] == [("refuse-trade", reason)]
    assert touched.standing is standing


def test_a_list_set_up_by_a_memorandum_touches_every_matter_it_counts_in(
    report: Callable[..., tuple[Migrated, ...]],
) -> None:
    """Where a list is only a clue the decision must be shown; a list that no measure aims at touched no matter."""
    memo, _ = report(
        ("measures/lists/BL.ONE.yaml", "basis:\n", "basis:" + CITED + "\n"),
        ("measures/lists/RL.GOOD.yaml", "authority: [虚构部]", "authority: [虚构部]\nbasis:" + CITED),
        ("measures/incentive/favour-trade.yaml", "duty:", "status: retired\nduty:"),
        (BAR, "  kinds: [person]", "  clue_lists: [BL.ONE]\n  kinds: [person]"),
    )
    assert memo.lists == ("BL.ONE", "RL.GOOD")
    shown = {(one.list, one.matter): (one.standing, [each.reason for each in one.now]) for one in memo.touched}
    assert shown == {
        ("BL.ONE", "TRADE"): (Standing.PARTLY, [Reason.ACT_NOT_SHOWN, Reason.APPLIES, Reason.APPLIES]),
        ("BL.ONE", "TRADE.LIC"): (Standing.CARRIED, [Reason.ACT_NOT_SHOWN, Reason.APPLIES]),
        ("BL.ONE", "WATCH"): (Standing.CARRIED, [Reason.ACT_NOT_SHOWN, Reason.APPLIES]),
        ("RL.GOOD", None): (Standing.NONE, []),
    }


def test_a_measure_for_less_than_was_asked_carries_a_part(report: Callable[..., tuple[Migrated, ...]]) -> None:
    """A measure of a matter below, or of one region, carries no more than that."""
    memo, _ = report(
        (LOCAL, "text: verified}", "text: verified}" + CITED),
        (LOCAL, "[TRADE.FAST]", "[TRADE]"),
        (LOCAL, "degree: withhold", "degree: scrutinise"),
        ("measures/lists/GEN.ANY.yaml", "authority: [虚构部]", "authority: [虚构部]\nseverity: general"),
    )
    (local,) = memo.touched
    assert (local.list, local.matter, local.standing) == ("GEN.ANY", "TRADE", Standing.PARTLY)
    assert local.now == (
        Successor("withhold-fast-lane", Reason.APPLIES, ("《虚构贸易办法》第5条",), ("990000",)),
    )  # fmt: skip


def test_an_act_needs_no_list(report: Callable[..., tuple[Migrated, ...]]) -> None:
    """What an act sets off was touched without a list."""
    memo, _ = report((BAR, "text: verified}", "text: verified}" + CITED))
    (touched,) = memo.touched
    assert (touched.list, touched.matter, touched.standing) == (None, "TRADE", Standing.CARRIED)
    assert [one.measure for one in touched.now] == ["bar-after-sentence"]


def test_a_memorandum_may_reward(report: Callable[..., tuple[Migrated, ...]]) -> None:
    """Incentives rest on a memorandum alone, read or recalled (ENCODING §1)."""
    own = "{instrument: memo, carries: sets, text: recalled}"
    basis = '{instrument: trade-law, article: "30", carries: sets, text: verified}'
    memo, _ = report(("measures/incentive/favour-trade.yaml", basis, own))
    (touched,) = memo.touched
    assert touched == Touched(
        "RL.GOOD",
        "TRADE.LIC",
        Effect.INCENTIVE,
        ("favour-trade",),
        (Successor("favour-trade", Reason.APPLIES, ("《虚构备忘录》",)),),
    )


def test_the_report_as_json(report: Callable[..., tuple[Migrated, ...]]) -> None:
    """Programs get the same report, with the date and the version of the catalogue."""
    found = report((M, BASIS, BASIS + CITED))
    document = json.loads(json.dumps(migration_document(found, DAY, "sha256:x")))
    assert (document["as_of"], document["catalogue"]) == ("2024-06-01", "sha256:x")
    assert document["counts"] == {"instruments": 2, "carried": 1, "partly": 0, "hint": 0, "none": 0}
    memo = document["instruments"][0]
    assert (memo["instrument"], memo["level"], memo["document_number"]) == ("memo", "memorandum", None)
    (touched,) = memo["touched"]
    assert touched["standing"] == "carried"
    assert touched["now"] == [
        {"measure": "refuse-trade", "reason": "applies", "basis": [LAW + "第22条"], "within": []}
    ]  # fmt: skip


def test_the_report_agrees_with_answers() -> None:
    """Of the measures of the shipped catalogue the report says what the engine says of their bases, on any day."""
    tables = compile_catalog(default_catalog(), "")
    for day in (date(2016, 6, 1), date(2021, 6, 1), DAY, date(2026, 6, 1)):
        shown = [
            (one, touched.matter)
            for migrated in migration(tables, day)
            for touched in migrated.touched
            for one in touched.now
            if one.reason not in {Reason.ACT_NOT_SHOWN, Reason.UNFOUNDED_LIST} and touched.matter is not None
        ]
        assert len(shown) > 100
        for successor, matter in shown:
            measure = tables.catalog.measures[successor.measure]
            role = next(iter(measure.roles), tables.catalog.matters[matter].default_role)
            context = SimpleNamespace(region=measure.region, matter=matter, role=role)
            reason = strength(measure, tables, cast("Any", context), day).reason or Reason.APPLIES
            assert (day, measure.id, successor.reason) == (day, measure.id, reason)
