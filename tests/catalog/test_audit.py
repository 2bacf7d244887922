"""What to clean in a catalogue on a day (FEATURES 32), in a world where laws end and memoranda linger."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import worlds as w
from jointsanction.catalog.audit import Audit, Concern, audit, audit_document
from jointsanction.catalog.files import CatalogFile
from jointsanction.catalog.load import Loaded
from jointsanction.catalog.reading.entries import Entry
from jointsanction.catalog.reading.yaml_text import MapNode, Place
from jointsanction.model.catalogue import Group, Rule

if TYPE_CHECKING:
    from jointsanction.model.catalogue import Catalog

DAY = date(2024, 6, 10)
ENDED = {"valid_to": "2023-12-31"}


def looked_at(catalog: Catalog, within: int = 90, day: date = DAY) -> Audit:
    """Audit a catalogue made in a test, as if each entry stood in a file of its own."""
    sources = {}
    for section in ("instruments", "lists", "measures", "rules"):
        for name, value in getattr(catalog, section).items():
            file = CatalogFile(Path(f"{section}/{name}.yaml"), section, "national")
            sources[section, name] = Entry(section, name, value, file, MapNode({}, Place(1, 1)), Place(1, 1))
    return audit(Loaded(catalog, sources), day, within)


def said(concern: Concern, name: str, *entries: object, **measure: Any) -> list[str]:
    """Return why an entry is to be cleaned, for one concern, in a small world with a measure `bar`."""
    found = looked_at(w.world(*entries, w.measure(in_list="recalled", **measure)))
    return [item.why for item in found.of(concern) if item.id == name]


def test_a_sound_catalogue_has_nothing_to_clean() -> None:
    """Law in force, list founded, row in the list."""
    assert looked_at(w.world(w.measure(in_list="verified"))).items == ()


def test_what_rests_on_a_repealed_law_is_told_with_its_successor() -> None:
    """公司法 146 gave way to 178: what came after is named, and who rests on it already."""
    new = w.instrument("new")
    old = w.instrument(superseded_by="mid", **ENDED)
    chain = (old, w.instrument("mid", superseded_by="new", **ENDED), new)
    first = "《《law》》第2条（law） 至 2023-12-31 全部失效；"
    assert said(Concern.ENDED, "bar", w.instrument(**ENDED)) == [f"{first}没有写明后续文件。"]
    assert said(Concern.ENDED, "bar", *chain) == [f"{first}后续文件 《《new》》（new），没有同类条目引用。"]
    other = w.measure("other", basis=[w.basis(instrument_id="new")])
    assert said(Concern.ENDED, "bar", *chain, other) == [f"{first}后续文件 《《new》》（new），已有 other 引用。"]
    both = [w.basis(), w.basis("implements", instrument_id="new")]
    assert said(Concern.ENDED, "bar", *chain, basis=both) == [f"{first}后续文件 《《new》》（new），本条目已引用。"]
    assert said(Concern.ENDED, "bar", w.instrument(**ENDED), valid_to="2023-12-31") == []
    assert said(Concern.ENDED, "bar", new, basis=[w.basis(valid_to="2023-12-31"), w.basis(instrument_id="new")]) == []


def test_two_instruments_that_name_each_other_end_somewhere() -> None:
    """A ring of successors is a slip, no endless search."""
    ring = (w.instrument(superseded_by="b", **ENDED), w.instrument("b", superseded_by="law", **ENDED))
    assert len(said(Concern.ENDED, "bar", *ring)) == 1


@pytest.mark.parametrize(
    ("term", "told"),
    [
        ({"years": 3, "runs_from": "decision-made"}, "最迟到 2027-12-31"),
        ({"life": True}, "没有确定的截止日"),
        ({"years": 3, "runs_from": "decision-made", "when": {"size": "large"}}, "最迟到 2027-12-31"),
    ],
)
def test_bans_of_a_repealed_law_run_on(term: dict[str, Any], told: str) -> None:
    """Repeal ends no ban decided before it (ENCODING §4): the file stays."""
    act = {"trigger": "act", "targets": {"acts": ["licence-revoked"]}, "term": term}
    (why,) = said(Concern.ENDED, "bar", w.instrument(**ENDED), **act)
    assert told in why
    (why,) = said(Concern.ENDED, "bar", w.instrument(valid_to="2001-12-31"), **act)
    assert ("禁令可能仍在执行" in why) is ("life" in term)


def test_lists_and_rules_end_with_their_law() -> None:
    """A list whose ground is gone is no list; what only implements it founds nothing."""
    founds = [w.basis("founds", valid_to="2023-12-31"), w.basis("implements")]
    assert len(said(Concern.ENDED, "BL.A", w.list_type(basis=founds))) == 1
    assert len(said(Concern.ENDED, "RL.A", w.list_type("RL.A", "red", basis=[w.basis("refers", **ENDED)]))) == 1
    assert said(Concern.ENDED, "RL.A", w.list_type("RL.A", "red", basis=[])) == []
    doc = {"id": "r", "title": "规则", "when": {"listing": {"kind": {"eq": "black"}}}, "explanation": "中止。"}
    rule = Rule.model_validate({**doc, "then": {"suspend": {"effect": "incentive"}}, "basis": [w.basis(**ENDED)]})
    assert len(said(Concern.ENDED, "r", rule)) == 1
    assert said(Concern.ENDED, "r", rule.model_copy(update={"valid_to": date(2023, 12, 31)})) == []


def test_what_is_about_to_end_is_told_in_time() -> None:
    """Ninety days from the tenth of June are the eighth of September."""
    for last, count in (("2024-06-09", 0), ("2024-06-10", 1), ("2024-09-08", 1), ("2024-09-09", 0)):
        assert len(said(Concern.ENDING, "bar", basis=[w.basis(valid_to=last)])) == count
    assert said(Concern.ENDING, "bar", basis=[w.basis(valid_to="2024-07-01", valid_from="2024-06-20")]) == []
    far = looked_at(w.world(w.measure()), within=10**9)
    assert len(far.of(Concern.ENDING)) == 3


def test_a_missing_edition_is_said_plainly() -> None:
    """Without the national list itself nobody can compare rows; local measures belong to another list."""
    silent = w.measure("silent")
    found = looked_at(w.world(silent, w.measure(in_list="verified"), w.measure("local", region="990000")))
    assert [item.id for item in found.of(Concern.NOT_IN_EDITION)] == ["silent"]
    (note,) = found.notes
    assert "不能逐行比对" in note
    assert "全国惩戒措施 2 条，写明已见于清单的 1 条，未核对清单的 0 条" in note


def test_an_edition_in_force_decides_what_is_in_it() -> None:
    """Of several editions the one in force on the day counts (FEATURES 23)."""
    editions = (
        w.instrument("list-2021", "national-list", valid_to="2024-01-31"),
        w.instrument("list-2024", "national-list", valid_from="2024-02-01"),
    )
    old = w.measure("old", basis=[w.basis(), w.basis("implements", instrument_id="list-2021")])
    new = w.measure("new", basis=[w.basis(), w.basis("implements", instrument_id="list-2024")])
    found = looked_at(w.world(*editions, old, new))
    assert [item.id for item in found.of(Concern.NOT_IN_EDITION)] == ["old"]
    assert "《《list-2024》》" in found.notes[0]
    before = looked_at(w.world(*editions, old, new), day=date(2023, 1, 1))
    assert [item.id for item in before.of(Concern.NOT_IN_EDITION)] == ["new"]


def test_a_local_measure_that_repeats_a_national_one_is_too_many() -> None:
    """本地补充清单 adds, it does not repeat; two local ones can repeat each other."""
    local = w.measure("local", region="990100", in_list="recalled")
    (why,) = said(Concern.DOUBLE, "local", local)
    assert why == "全国措施 'bar'（措施bar）已经包括它的全部情形，尺度和约束力相同。"
    wide = w.measure("wide", region="990000", degree="restrict")
    (why,) = said(Concern.DOUBLE, "local", w.measure("local", region="990100", degree="restrict"), wide)
    assert why.startswith("990000 的措施 'wide'")


def test_a_measure_wider_than_its_statute_is_told() -> None:
    """A city's regulation carries nothing in the rest of the province."""
    city = w.instrument("city", "local-regulation", region="990100")
    (why,) = said(Concern.WIDER, "bar", city, region="990000", basis=[w.basis(instrument_id="city")])
    assert "措施 990000，依据 990100" in why


def test_memoranda_carry_nothing_any_more() -> None:
    """A memorandum alone takes nothing away (国办发〔2020〕49号); beside a law it implements."""
    memo, notice = w.instrument("memo", "memorandum"), w.instrument("notice", "normative-document")
    carried = [w.basis(instrument_id="memo")]
    (why,) = said(Concern.WEAK, "bar", memo, basis=carried)
    assert why.endswith("是合作备忘录，写作 sets（规定后果）；没有别的支撑依据。")
    (why,) = said(Concern.WEAK, "bar", memo, basis=[*carried, w.basis()])
    assert why.endswith("另有足够层级的依据，改为 implements 即可。")
    gone = [w.basis(instrument_id="memo", valid_to="2023-12-31"), w.basis()]
    assert said(Concern.WEAK, "bar", memo, basis=gone) == []
    managed = {"class": "administrative", "degree": "supervise", "basis": [w.basis(instrument_id="notice")]}
    assert said(Concern.WEAK, "bar", notice, **managed) == []
    assert len(said(Concern.WEAK, "bar", notice, basis=[w.basis(instrument_id="notice")])) == 1
    assert said(Concern.WEAK, "gain", memo, w.incentive(basis=carried)) == []


def test_what_nobody_read_is_named_basis_by_basis() -> None:
    """Ended bases need no reading any more."""
    bases = [w.basis(), w.basis("implements", "recalled"), w.basis("refers", "uncertain", **ENDED)]
    assert said(Concern.UNVERIFIED, "bar", basis=bases) == ["《《law》》第2条（law）：贯彻落实，未核对原文。"]


def test_what_nobody_cites_may_go() -> None:
    """An instrument kept for nothing; one that replaced another asks whether that one's measures should cite it."""
    gone, new = w.instrument("gone", **ENDED), w.instrument("new")
    assert said(Concern.UNCITED, "gone", gone) == ["已于 2023-12-31 失效。"]
    assert said(Concern.UNCITED, "new", new) == ["没有条目引用。"]
    (why,) = said(Concern.UNCITED, "new", new, w.instrument(superseded_by="new"))
    assert why == "它取代了 law：原来引用的条目是否应改引它？"
    member = {"list": "BL.A", "basis": [w.basis(instrument_id="new")]}
    group = Group.model_validate({"code": "G", "title": "组", "members": [member]})
    catalog = w.world(new).model_copy(update={"groups": {"G": group}})
    assert looked_at(catalog).of(Concern.UNCITED) == ()
    window = {"dates": ["notice"], "decides": "notice", "basis": [w.basis(instrument_id="new")]}
    assert said(Concern.UNCITED, "new", new, w.matter("M.X", window=window)) == []


def test_entries_of_a_bundle_are_nobodys_to_clean_here() -> None:
    """With further roots only those are told of; the report tells which catalogue it speaks of."""
    found = audit(Loaded(w.world(w.measure()), {}), DAY, 90)
    assert found.items == ()
    found = looked_at(w.world(w.measure()))
    document = audit_document(found, "sha256:test")
    assert (document["as_of"], document["catalogue"]) == ("2024-06-10", "sha256:test")
    assert document["counts"]["not-in-edition"] == 1
    (item,) = document["items"]
    assert (item["concern"], item["file"], item["line"]) == ("not-in-edition", "measures/bar.yaml", 1)
