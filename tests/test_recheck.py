"""A stored answer held against today's: reproduced from what the store kept, every difference with its cause."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

import worlds as w
from jointsanction import receipt
from jointsanction.engine import Engine
from jointsanction.errors import ReceiptError, UnknownMatterError
from jointsanction.registry.memory import MemoryRegistry
from jointsanction.registry.readers.report import Cover
from jointsanction.store import Delivery, Store

if TYPE_CHECKING:
    from pathlib import Path

    from jointsanction.model.catalogue import Catalog
    from jointsanction.model.recheck import Recheck
    from jointsanction.model.subject import Listing

CATALOG = w.world(w.measure())
HARSHER = w.world(w.measure(), w.measure("other", degree="restrict"))


class Office:
    """A store with a clock: lists come in day by day, and answers are given and held against later ones."""

    def __init__(self, folder: Path) -> None:
        """Open an empty store."""
        self.store = Store.open(f"sqlite:///{folder / 'lists.db'}")
        self.now = w.NOW

    def take(self, *listings: Listing, code: str = "BL.A") -> None:
        """Take in a whole edition of a list, a day later."""
        self.now += timedelta(days=1)
        covers = (Cover(code), *(() if code != "BL.A" else (Cover("RL.A"),)))
        delivery = Delivery(sha256=str(self.now), file_name="a.csv", covers=covers)
        self.store.commit(delivery, listings, recorded_at=self.now, accept_shrink=True)

    def engine(self, catalog: Catalog = CATALOG) -> Engine:
        """Open an engine on the lists of now."""
        return Engine(catalog, self.store.registry(), store=self.store, clock=lambda: self.now)

    def answer(self, catalog: Catalog = CATALOG, subject: str = w.FIRM, **words: Any) -> dict[str, Any]:
        """Give an answer as it is filed."""
        return self.engine(catalog).check_subject(subject, "M.X", as_of="2024-06-10", **words).model_dump()


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office with one edition of its lists in which the firm stands."""
    office = Office(tmp_path)
    office.take(w.listing(row=1))
    return office


def because(found: Recheck) -> dict[str, list[str]]:
    """Return the causes of each change by what changed."""
    return {change.measure or change.what: [cause.value for cause in change.because] for change in found.changes}


def test_nothing_changed(office: Office) -> None:
    """The same lists and the same law give the same answer, and it is reproduced."""
    found = office.engine().recheck(office.answer())
    assert (found.reproduced, found.changes, found.not_kept) == (True, (), ())
    assert found.now.verdict == found.then["verdict"] == "prohibited"


def test_the_lists_changed(office: Office) -> None:
    """A release that came in later is the lists' doing, and the old answer is still reproduced."""
    filed = office.answer()
    office.take(w.listing(row=1, removed_on=w.TODAY))
    found = office.engine().recheck(filed)
    assert found.reproduced is True
    assert because(found) == {"verdict": ["lists"], "bar": ["lists"]}
    change = next(change for change in found.changes if change.what == "finding")
    assert (change.then["reason"], change.now["reason"]) == ("applies", "removed")


def test_the_law_changed(office: Office) -> None:
    """A measure that the catalogue of then had not is the law's doing; the catalogue of then is kept."""
    filed = office.answer()
    found = office.engine(HARSHER).recheck(filed)
    assert found.reproduced is True
    assert because(found) == {"other": ["law"]}
    assert [change.then for change in found.changes] == [None]


def test_law_and_lists_changed_together(office: Office) -> None:
    """What neither changed alone took both."""
    office.take(w.listing("BL.B", row=1), code="BL.B")
    both = w.world(w.list_type("BL.B"), w.measure(), w.measure("other", targets={"lists": ["BL.B"]}))
    catalog = w.world(w.list_type("BL.B"), w.measure())
    filed = office.answer(catalog, subject=w.PARTNER)
    office.take(w.listing("BL.B", uscc=w.PARTNER, row=2), code="BL.B")
    assert because(office.engine(both).recheck(filed))["other"] == ["law", "lists"]


def test_a_list_turned_stale(tmp_path: Path) -> None:
    """A list that nobody renewed makes the answer of today unsure: that is time's doing."""
    catalog = w.world(w.list_type(stale_after=10), w.measure())
    office = Office(tmp_path)
    office.take()
    filed = office.answer(catalog)
    office.now += timedelta(days=30)
    found = office.engine(catalog).recheck(filed)
    assert because(found) == {"verdict": ["time"], "complete": ["time"], "stale": ["time"]}


def test_another_program_answered_otherwise(office: Office) -> None:
    """An answer that today's program does not reproduce from the same law and lists is the program's doing."""
    filed = office.answer()
    filed["findings"][0]["duty"] = "另一版本的说法。"
    filed["receipt"] = receipt.digest({key: value for key, value in filed.items() if key not in receipt.OUTSIDE})
    found = office.engine().recheck(filed)
    assert found.reproduced is False
    assert because(found) == {"bar": ["library"]}


@pytest.mark.parametrize(
    ("version", "lacking"), [("catalogue", ("catalogue",)), ("registry", ("registry",))], ids=["law", "lists"]
)
def test_what_nobody_kept_leaves_the_cause_unknown(office: Office, version: str, lacking: tuple[str, ...]) -> None:
    """Without the catalogue or the lists of then there is today's answer beside the old one, and no more is claimed."""
    filed = office.answer()
    filed["versions"][version] = "sha256:elsewhere"
    filed["receipt"] = receipt.digest({key: value for key, value in filed.items() if key not in receipt.OUTSIDE})
    office.take(w.listing(row=1, removed_on=w.TODAY))
    found = office.engine().recheck(filed)
    assert (found.reproduced, found.not_kept) == (None, lacking)
    assert because(found) == {"verdict": ["unknown"], "bar": ["unknown"]}


def test_an_answer_from_before_any_list(tmp_path: Path) -> None:
    """Nothing had been imported: that world needs no store."""
    office = Office(tmp_path)
    filed = office.answer()
    office.take(w.listing(row=1))
    found = office.engine().recheck(filed)
    assert found.reproduced is True
    assert because(found)["verdict"] == ["lists"]


def test_without_a_store_only_the_present_can_be_asked() -> None:
    """A registry in memory keeps no history; an answer of the present state is reproduced all the same."""
    engine = w.engine(CATALOG, w.listing())
    filed = engine.check_subject(w.FIRM, "M.X", as_of="2024-06-10").model_dump()
    assert engine.recheck(filed).reproduced is True
    engine.swap(catalog=HARSHER, registry=MemoryRegistry((), w.whole(HARSHER)))
    found = engine.recheck(filed)
    assert (found.reproduced, found.not_kept) == (None, ("catalogue", "registry"))


@pytest.mark.parametrize(
    "subject",
    [
        w.Subject(uscc=w.FIRM, name="虚构甲商贸有限公司"),
        w.Subject(resident_id=w.PERSON),
        w.Subject(other_id="虚12345678"),
        w.Subject(name="虚构甲商贸有限公司"),
    ],
    ids=["uscc", "resident", "other", "name"],
)
def test_any_subject_is_asked_about_again_as_it_was(office: Office, subject: w.Subject) -> None:
    """Whatever identified the subject then does so now."""
    engine = office.engine()
    filed = engine.check_subject(subject, "M.X", as_of="2024-06-10").model_dump()
    found = engine.recheck(filed)
    assert (found.reproduced, found.changes) == (True, ())
    assert found.now.model_dump()["subject"] == filed["subject"]


def test_a_loaded_again_list_is_no_change(office: Office) -> None:
    """The same row in a later batch is the same row."""
    filed = office.answer()
    office.take(w.listing(row=9, source="另一次导出"))
    assert office.engine().recheck(filed).changes == ()


def test_the_document_of_a_recheck(office: Office) -> None:
    """It is JSON: what was said then, the whole answer of now, and each change with its causes."""
    filed = office.answer()
    office.take(w.listing(row=1, removed_on=w.TODAY))
    document = office.engine().recheck(filed).model_dump()
    assert set(document) == {"receipt", "reproduced", "not_kept", "then", "now", "changes"}
    assert document["then"]["versions"] == filed["versions"]
    assert document["changes"][0] == {
        "what": "verdict", "measure": None, "title": None, "cause": None, "then": "prohibited", "now": "clear",
        "because": ["lists"],
    }  # fmt: skip


def test_an_altered_answer_is_not_held_against_anything(office: Office) -> None:
    """Whatever was changed after it was given proves nothing."""
    filed = {**office.answer(), "verdict": "clear"}
    with pytest.raises(ReceiptError) as refused:
        office.engine().recheck(filed)
    assert refused.value.code == "receipt.altered"


@pytest.mark.parametrize("lacking", ["versions", "checked_at"])
def test_half_an_answer_is_refused(office: Office, lacking: str) -> None:
    """A document with a sound receipt that is no answer of ours is told apart."""
    filed = {key: value for key, value in office.answer().items() if key != lacking}
    filed["receipt"] = receipt.digest({key: value for key, value in filed.items() if key not in receipt.OUTSIDE})
    with pytest.raises(ReceiptError) as refused:
        office.engine().recheck(filed)
    assert refused.value.code == "receipt.not_an_answer"


def test_a_matter_that_is_gone_is_told(office: Office) -> None:
    """Today's catalogue can't answer for a matter it has not."""
    filed = office.answer()
    gone = replace_matter(CATALOG)
    with pytest.raises(UnknownMatterError):
        office.engine(gone).recheck(filed)


def replace_matter(catalog: Catalog) -> Catalog:
    """Return the catalogue with its matter under another code."""
    other = w.matter("M.Y")
    return catalog.model_copy(update={"matters": {other.code: other}, "measures": {}})


def test_a_store_that_cannot_be_written_still_answers(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keeping the catalogue is for later; the answer is needed now."""
    from jointsanction.errors import RegistryError  # noqa: PLC0415 - beside its only use

    def refuse(*_: object) -> None:
        raise RegistryError("registry.busy", "…", "…")

    monkeypatch.setattr(office.store, "keep", refuse)
    assert office.answer()["verdict"] == "prohibited"
    assert office.store.catalogue("sha256:none") is None


def test_dates_of_a_case_are_asked_again(tmp_path: Path) -> None:
    """The window is part of the question, and of the answer that is reproduced."""
    window = {"dates": ["notice", "evaluation"], "decides": "evaluation"}
    catalog = w.world(w.matter(window=window), w.measure())
    office = Office(tmp_path)
    office.take(w.listing(row=1))
    engine = office.engine(catalog)
    filed = engine.check_subject(w.FIRM, "M.X", dates={"notice": "2023-05-06", "evaluation": "2024-06-10"})
    found = engine.recheck(filed.model_dump())
    assert found.reproduced is True
    assert found.now.window == filed.window


def test_an_unlisted_row_is_told_by_its_reason_of_now(office: Office) -> None:
    """A finding that is gone for good has no reason now."""
    filed = office.answer()
    catalog = CATALOG.model_copy(update={"measures": {}})
    found = Engine(catalog, office.store.registry(), store=office.store, clock=lambda: office.now).recheck(filed)
    gone = next(change for change in found.changes if change.measure == "bar")
    assert gone.now is None
