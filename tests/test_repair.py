"""A check of a listing that was repaired, disputed, removed or lifted: by the day asked about and by what was known."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import worlds as w
from jointsanction.model.document import ResultDocument
from jointsanction.model.subject import Related, Subject
from jointsanction.registry.memory import MemoryRegistry
from jointsanction.repair.making import Step, make_event
from jointsanction.store import Delivery, Store
from jointsanction.telling.finding import process_text
from jointsanction.terms import Reason, Relation, RepairState, RepairTrack, Verdict

if TYPE_CHECKING:
    from pathlib import Path

    from jointsanction.model.catalogue import Catalog
    from jointsanction.model.repair_event import RepairEvent
    from jointsanction.model.result import CheckResult

ROW = w.listing(batch="b1", row=1)
CATALOG = w.world(w.measure())
SUSPENDING = w.world(w.measure(), w.list_type(objection="suspend"))
MAY = date(2024, 5, 1)


def step(track: str, state: str, on: date = MAY, **more: Any) -> RepairEvent:
    """Make a step about the row."""
    return make_event(ROW, Step(RepairTrack(track), RepairState(state), "经办甲", "材料齐全", on, **more))


def ask(*events: RepairEvent, catalog: Catalog = CATALOG, **words: Any) -> CheckResult:
    """Ask about the firm of the row; the answer is a document of the contract."""
    repairs = {events[0].record: events} if events else {}
    registry = MemoryRegistry([ROW], w.whole(catalog), repairs=repairs)
    engine = w.Engine(catalog, registry, clock=lambda: w.NOW)
    result = engine.check_subject(w.FIRM, "M.X", **{"as_of": w.TODAY, "explain": True, **words})
    ResultDocument.model_validate(result.model_dump())
    return result


def reason(result: CheckResult) -> str | None:
    """Return what became of the measure."""
    return w.reasons(result)["bar"]


def codes(result: CheckResult) -> set[str]:
    """Return the notices about data."""
    return {notice.code for notice in result.identity.warnings if notice.code.startswith("data.")}


def test_an_effective_repair_ends_the_membership_from_its_day() -> None:
    """信用修复管理办法第三条: the day before still restricts, and so does whatever is not yet effective."""
    steps = (step("repair", "applied", date(2024, 4, 1)), step("repair", "effective"))
    assert (ask(*steps).verdict, reason(ask(*steps))) == (Verdict.CLEAR, "repaired")
    before = ask(*steps, as_of="2024-04-30")
    assert (before.verdict, codes(before)) == (Verdict.PROHIBITED, {"data.repair-open"})
    assert before.findings[0].repair is None


def test_a_repair_never_ends_a_ban_that_rests_on_an_act() -> None:
    """X090: what law attaches to a penalty or sentence does not fall with a listing."""
    act = w.measure("by-act", trigger="act", targets={"acts": ["licence-revoked"]}, term=[{"years": 5}], bears=["self"])
    catalog = w.world(w.measure(), act)
    result = ask(step("repair", "effective"), catalog=catalog, acts=["licence-revoked:2024-01-02"])
    assert w.reasons(result) == {"bar": "repaired", "by-act": "applies"}
    (finding,) = result.findings
    assert finding.repair is not None
    assert (finding.repair["repairable"], finding.repair["earliest"]) == (False, None)


def test_an_open_objection_annotates_the_finding() -> None:
    """The record stands until it is decided; who disputes it and why is in the answer."""
    result = ask(step("objection", "filed"))
    assert (result.verdict, codes(result)) == (Verdict.PROHIBITED, {"data.under-objection"})
    (shown,) = result.findings[0].path
    assert process_text(shown) == "异议：已提出（经办甲，2024-05-01：材料齐全）"
    assert codes(ask(step("objection", "filed"), step("objection", "rejected"))) == set()


def test_an_open_objection_suspends_where_the_list_says_so() -> None:
    """The answer says that it was suspended, and not that nothing was found."""
    result = ask(step("objection", "filed"), catalog=SUSPENDING)
    assert (result.verdict, reason(result)) == (Verdict.CLEAR, "under-objection")
    assert codes(result) == {"data.under-objection"}
    assert reason(ask(step("objection", "rejected"), catalog=SUSPENDING)) == "applies"


def test_a_record_found_wrong_counts_no_more_and_spoils_no_clean_record() -> None:
    """An upheld objection to the whole record is not a listing that ended: it never was one."""
    gain = w.incentive(conditions=[{"condition": "clean-period", "years": 3}], targets={"lists": ["RL.A"]})
    catalog = w.world(w.measure(), gain)
    upheld = (step("objection", "upheld"),)
    assert reason(ask(*upheld)) == "objection-upheld"
    for events, granted in (((), "condition-unmet"), (upheld, "applies")):
        registry = MemoryRegistry(
            [ROW, w.listing("RL.A", batch="b1", row=2)], w.whole(catalog), repairs={upheld[0].record: events}
        )
        result = w.Engine(catalog, registry, clock=lambda: w.NOW).check_subject(
            w.FIRM, "M.X", as_of=w.TODAY, explain=True
        )
        assert w.reasons(result)["gain"] == granted


def test_a_listing_that_disappeared_long_ago_spoils_no_clean_record() -> None:
    """On a list that ends by disappearance, the edition without the subject is its end, as a day of removal is."""
    gain = w.incentive(conditions=[{"condition": "clean-period", "years": 3}], targets={"lists": ["RL.A"]})
    catalog = w.world(gain, w.list_type(exit_by="disappearance"))
    for gone, granted in ((date(2021, 6, 10), "applies"), (date(2021, 6, 11), "condition-unmet")):
        bad = w.listing(listed_on=date(2020, 1, 1), missing_since=gone)
        assert w.reasons(w.ask(catalog, bad, w.listing("RL.A")))["gain"] == granted


def test_a_reorganisation_lifts_for_a_time() -> None:
    """信用修复管理办法第二十条: lifted by the ruling, restored when the plan was not carried out."""
    lift = step("reorganisation", "lifted", until=date(2024, 12, 31))
    result = ask(lift)
    assert (result.verdict, reason(result), codes(result)) == (Verdict.CLEAR, "lifted", {"data.lifted"})
    restored = ask(lift, step("reorganisation", "restored", date(2024, 6, 1)))
    assert (restored.verdict, codes(restored)) == (Verdict.PROHIBITED, set())


def test_a_correction_is_in_the_path_with_both_values() -> None:
    """The listing reads as corrected, and what it read before is kept."""
    result = ask(step("objection", "partly", field="valid_to", new="2024-12-31"))
    assert (result.findings[0].until, result.verdict) == (date(2024, 12, 31), Verdict.PROHIBITED)
    assert "valid_to：空 → 2024-12-31" in process_text(result.findings[0].path[0])
    emptied = process_text({**result.findings[0].path[0], "old": "2024-12-31", "new": None})
    assert "valid_to：2024-12-31 → 空" in emptied


def test_what_is_done_about_others_leaves_a_listing_alone() -> None:
    """Steps belong to one record of one list."""
    other = make_event(w.listing("BL.B"), Step(RepairTrack.EXIT, RepairState.REMOVED, "甲", "期满", MAY))
    assert reason(ask(other)) == "applies"


def test_a_decided_candidate_reads_as_of_the_day_too() -> None:
    """A person's finding and a correction go together."""
    named = w.listing(uscc=None, name="虚构甲商贸有限公司", batch="b1", row=1)
    fixed = make_event(named, Step(RepairTrack.REPAIR, RepairState.EFFECTIVE, "甲", "生效", MAY))
    registry = MemoryRegistry([named], w.whole(CATALOG), repairs={fixed.record: (fixed,)})
    engine = w.Engine(CATALOG, registry, clock=lambda: w.NOW)
    result = engine.check_subject(Subject(uscc=w.FIRM, name="虚构甲商贸有限公司"), "M.X", as_of=w.TODAY)
    assert result.verdict is Verdict.CLEAR


def test_a_record_sent_in_again_after_its_repair_is_told_of() -> None:
    """Where the list mended the day of listing, the record is another: it applies, and the reader is told to look."""
    fixed = step("repair", "effective")
    for again, told in (
        (w.listing(listed_on=date(2024, 1, 2)), {"data.repaired-before"}),
        (w.listing(listed_on=date(2024, 1, 2), instrument_no="文〔2024〕2号"), set()),
        (w.listing(listed_on=date(2024, 1, 2), removed_on=MAY), set()),
    ):
        registry = MemoryRegistry([ROW, again], w.whole(CATALOG), repairs={fixed.record: (fixed,)})
        result = w.Engine(CATALOG, registry, clock=lambda: w.NOW).check_subject(w.FIRM, "M.X", as_of=w.TODAY)
        assert codes(result) == told


def test_what_is_lifted_for_a_partner_is_told_too() -> None:
    """A lift or a dispute that frees the subject through somebody else's record is never silent."""
    catalog = w.world(w.measure(bears=["self", "legal-representative"]))
    row = w.listing(uscc=w.PARTNER, related=(Related(relation=Relation.LEGAL_REPRESENTATIVE, id=w.PERSON),))
    lift = make_event(row, Step(RepairTrack.REORGANISATION, RepairState.LIFTED, "甲", "裁定", MAY))
    for events, verdict in (({}, Verdict.PROHIBITED), ({lift.record: (lift,)}, Verdict.CLEAR)):
        registry = MemoryRegistry([row], w.whole(catalog), repairs=events)
        engine = w.Engine(catalog, registry, clock=lambda: w.NOW)
        result = engine.check_subject(w.PERSON, "M.X", as_of=w.TODAY)
        assert result.verdict is verdict
        assert codes(result) == ({"data.lifted"} if events else set())


def test_a_plan_that_was_performed_does_not_repair_by_itself() -> None:
    """第二十条: the firm then applies with the ruling; the reader is told which of the two it is."""
    lift = step("reorganisation", "lifted")
    both = (ask(lift), ask(lift, step("reorganisation", "completed", date(2024, 6, 1))))
    texts = [notice.message for result in both for notice in result.identity.warnings if notice.code == "data.lifted"]
    assert ["信用修复须另行申请" in text for text in texts] == [False, True]


def test_what_was_not_yet_recorded_was_not_known(tmp_path: Path) -> None:
    """An earlier `known_at` still answers as it did, and a receipt of then is told from now by the lists."""
    store = Store.open(f"sqlite:///{tmp_path / 'lists.db'}")
    whole = Delivery(sha256="1", file_name="a.csv", covers=tuple(w.whole(CATALOG)))
    store.commit(whole, [w.listing(row=1)], recorded_at=w.NOW - timedelta(days=2))
    (row,) = store.repairs.of_instrument("文(2024)1号")
    before = w.Engine(CATALOG, store.registry(), store=store, clock=lambda: w.NOW)
    words: dict[str, Any] = {"as_of": w.TODAY, "coverage": "loaded"}
    stored = before.check_subject(w.FIRM, "M.X", **words)
    for state in ("applied", "verifying", "accepted", "effective"):
        said = Step(RepairTrack.REPAIR, RepairState(state), "经办甲", "材料齐全", MAY)
        store.repairs.append([make_event(row, said)], recorded_at=w.NOW - timedelta(hours=2))
    after = w.Engine(CATALOG, store.registry(), store=store, clock=lambda: w.NOW)
    then = w.NOW - timedelta(days=1)
    assert after.check_subject(w.FIRM, "M.X", **words).verdict is Verdict.CLEAR
    assert after.check_subject(w.FIRM, "M.X", known_at=then, **words).verdict is Verdict.PROHIBITED
    # Four entries of one instant are kept a microsecond apart.
    assert after.registry.known_at == w.NOW - timedelta(hours=2) + timedelta(microseconds=3)
    told = after.recheck(stored.model_dump())
    assert (told.reproduced, {cause for change in told.changes for cause in change.because}) == (True, {"lists"})
    assert Reason.REPAIRED.zh == "已信用修复"
