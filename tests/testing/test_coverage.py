"""What cases show of a measure is found by running them, and what they leave out has a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import worlds as w
from jointsanction.model.catalogue import Scheme
from jointsanction.testing.coverage import Counted, Covered, coverage

if TYPE_CHECKING:
    from pathlib import Path

    from jointsanction.model.catalogue import Catalog

LISTED = """
cases:
  - {name: first day, subject: {uscc: 91990000MA0000001B}, listings: [{list: BL.A, listed_on: 2024-06-10}],
     matter: M.X, as_of: 2024-06-10, want: [bar]}
  - {name: day before, like: first day, as_of: 2024-06-09, want: []}
  - {name: last day, like: first day, listings: [{list: BL.A, listed_on: 2024-01-01, removed_on: 2024-06-11}],
     want: [bar]}
  - {name: day after, like: last day, as_of: 2024-06-11, want: []}
  - {name: lasts to this day, like: first day, listings: [{list: BL.A, listed_on: 2024-01-01, valid_to: 2024-06-10}],
     want: [bar]}
  - {name: and no longer, like: lasts to this day, as_of: 2024-06-11, want: []}
  - {name: law of this day, like: first day, listings: [{list: BL.A, listed_on: 1999-01-01}], as_of: 2000-01-01,
     want: [bar]}
"""


def covered(folder: Path, catalog: Catalog, text: str, name: str = "bar") -> Covered:
    """Run the cases of one measure."""
    path = folder / f"{name}.test.yaml"
    path.write_text(text, encoding="utf-8")
    (found,) = coverage(catalog, {name: path})
    return found


def missing(found: Covered) -> list[str]:
    """Return the sides of dates on which no case stands."""
    return [str(side.edge) for side in found.sides if side.case is None]


def test_every_side_of_every_date_is_met_by_its_own_case(tmp_path: Path) -> None:
    """A listing begins, is removed, runs out; a law begins: each has two sides, and one is left out here."""
    found = covered(tmp_path, w.world(w.measure()), LISTED)
    assert missing(found) == ["依据施行 2000-01-01·前一日"]
    assert (found.hits, found.not_hits, found.dates) == (Counted(1, 1), Counted(1, 1), Counted(7, 8))
    assert found.all.percent == 90.0
    assert (found.cases, found.failed) == (7, ())


def test_every_matter_it_names_wants_cases_of_its_own(tmp_path: Path) -> None:
    """What holds in one matter is shown in that and in those below it, and nowhere else."""
    catalog = w.world(w.measure(matters=["M.X", "M.Y"]), w.matter("M.Y"))
    found = covered(tmp_path, catalog, LISTED)
    assert [(cell.matter, cell.hit is not None) for cell in found.cells] == [("M.X", True), ("M.Y", False)]


def test_a_case_that_does_not_hold_shows_nothing(tmp_path: Path) -> None:
    """Names and wishes count for nothing, only what came out."""
    text = LISTED.replace("listed_on: 2024-06-10}", "listed_on: 2024-06-11}")
    found = covered(tmp_path, w.world(w.measure()), text)
    assert "first day" in found.failed
    assert "列入·首日" in missing(found)


def test_a_measure_without_cases_has_everything_to_show(tmp_path: Path) -> None:
    """Nothing beside it, nothing shown."""
    (found,) = coverage(w.world(w.measure()), {"bar": tmp_path / "bar.test.yaml"})
    assert (found.cases, found.all.met, found.all.wanted) == (0, 0, 10)


def test_nothing_wanted_is_all_met() -> None:
    """And a share is never rounded up to a hundred."""
    assert Counted().percent == 100.0
    assert Counted(9999, 10000).percent == 99.9
    assert str(Counted(1, 2)) == "1/2"


ACTED = """
cases:
  - {name: decided today, subject: {uscc: 91990000MA0000001B}, acts: ["licence-revoked:2024-06-10"], matter: M.X,
     as_of: 2024-06-10, want: [bar]}
  - {name: tomorrow, like: decided today, acts: ["licence-revoked:2024-06-11"], want: []}
  - {name: last day of the term, like: decided today, acts: ["licence-revoked:2023-06-10"], want: [bar]}
  - {name: term over, like: decided today, acts: ["licence-revoked:2023-06-09"], want: []}
  - {name: still bound, like: decided today, acts: ["licence-revoked:2024-06-01:set_aside=2024-06-11"], want: [bar]}
  - {name: set aside, like: decided today, acts: ["licence-revoked:2024-06-01:stayed=2024-06-10"], want: []}
  - {name: under the old law, like: decided today, acts: ["licence-revoked:2010-12-31"], as_of: 2011-01-31,
     want: [bar]}
  - {name: after its repeal, like: under the old law, acts: ["licence-revoked:2011-01-01"], want: []}
  - {name: ruled out, like: decided today, acts: ["licence-revoked:none"], want: []}
  - {name: a clue, like: decided today, acts: [], listings: [{list: BL.A, listed_on: 2024-01-01}], want: []}
  - {name: no clue, like: a clue, listings: [{list: BL.A, listed_on: 2024-01-01, removed_on: 2024-02-01}], want: []}
"""


def test_acts_are_judged_by_the_law_of_their_day(tmp_path: Path) -> None:
    """A ban is judged on the day of its decision: the law's own sides lie there, with a gap between two laws."""
    bases = [w.basis(), w.basis(instrument_id="new")]
    bar = w.measure(
        trigger="act",
        targets={"acts": ["licence-revoked"], "clue_lists": ["BL.A"]},
        term={"years": 1, "runs_from": "decision-made"},
        basis=bases,
    )
    law = w.instrument(valid_to="2010-12-31")
    found = covered(tmp_path, w.world(bar, law, w.instrument("new", valid_from="2012-01-01")), ACTED)
    assert missing(found) == [
        f"依据施行 {day}·{side}" for day in ("2000-01-01", "2012-01-01") for side in ("前一日", "首日")
    ]
    assert [(cell.target.type, cell.hit, cell.not_hit) for cell in found.cells] == [
        ("act", "decided today", "tomorrow"),
        ("clue", "a clue", "no clue"),
    ]


def test_a_law_that_never_stood_gives_no_dates(tmp_path: Path) -> None:
    """Bases that touch are one span; one that ends before it begins is none; an open one has no sides."""
    law = w.instrument(valid_from=None)
    bases = [
        w.basis(valid_to="2010-12-31"),
        w.basis(valid_from="2011-01-01"),
        w.basis(valid_from="2020-01-01", valid_to="2019-01-01"),
    ]
    found = covered(tmp_path, w.world(w.measure(basis=bases), law), LISTED)
    assert missing(found) == []


def test_a_term_of_its_own_on_a_listing(tmp_path: Path) -> None:
    """A measure may bite on a listing for a term of its own, which ends before the listing does."""
    text = (
        LISTED
        + """
  - {name: term ends, like: first day, listings: [{list: BL.A, listed_on: 2023-06-10}], want: [bar]}
  - {name: term ended, like: first day, listings: [{list: BL.A, listed_on: 2023-06-09}], want: []}
"""
    )
    found = covered(tmp_path, w.world(w.measure(term={"years": 1})), text)
    assert {"期限·末日", "期限·次日"}.isdisjoint(missing(found))


TARGETS = """
cases:
  - {name: grade, subject: {uscc: 91990000MA0000001B}, listings: [{list: RL.A, listed_on: 2024-01-01, grade: 甲}],
     matter: M.X, as_of: 2024-06-10, want: [gain]}
  - {name: too low, like: grade, listings: [{list: RL.A, listed_on: 2024-01-01, grade: B}], want: []}
"""


def test_grades_by_any_of_their_names(tmp_path: Path) -> None:
    """A level counts under its code, its title or an alias; another level shows nothing of this one."""
    scheme = Scheme.model_validate(
        {
            "id": "s",
            "title": "等级",
            "levels": [{"level": "A", "title": "优", "aliases": ["甲"]}, {"level": "B", "title": "乙"}],
        }
    )
    red = w.list_type("RL.A", "red", scheme=[{"scheme": "s"}])
    gain = w.incentive(trigger="grade", targets={"grades": {"scheme": "s", "levels": ["A"]}})
    catalog = w.world(red, gain).model_copy(update={"schemes": {"s": scheme}})
    found = covered(tmp_path, catalog, TARGETS, "gain")
    assert [(str(cell.target.id), cell.hit, cell.not_hit) for cell in found.cells] == [("A", "grade", None)]


def test_groups_and_severities(tmp_path: Path) -> None:
    """A group is met through a list of it, a severity by that of the row or of the list."""
    member = {"list": "BL.A", "basis": [w.basis("founds")]}
    catalog = w.world(w.measure(targets={"groups": ["G"]})).model_copy(
        update={"groups": {"G": _group(members=[member])}}
    )
    found = covered(tmp_path, catalog, LISTED)
    assert [(cell.target.id, cell.hit) for cell in found.cells] == [("G", "first day")]
    record = w.list_type("GEN.A", "record", severity="serious", basis=[])
    by_severity = w.measure(trigger="record", targets={"severity": ["serious"]}, region="990000")
    text = LISTED.replace("BL.A", "GEN.A").replace("matter: M.X", 'matter: M.X, region: "990000"')
    found = covered(tmp_path, w.world(record, by_severity), text)
    assert [(cell.target.id, cell.hit) for cell in found.cells] == [("serious", "first day")]


def _group(**more: object) -> object:
    from jointsanction.model.catalogue import Group  # noqa: PLC0415 - beside its only use

    return Group.model_validate({"code": "G", "title": "组", **more})
