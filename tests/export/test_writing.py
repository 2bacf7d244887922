"""Rows as files: in the receiver's headers and words, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from jointsanction.catalog.bundle import default_catalog
from jointsanction.errors import RegistryError
from jointsanction.export.changes import Change
from jointsanction.export.ftm import ftm_text
from jointsanction.export.profiles import load_profile, read_profile, ready_profiles, refuse_unfit, standard_profile
from jointsanction.export.rows import RowWriter
from jointsanction.export.writing import WRITERS
from jointsanction.identity.record_key import record_key
from jointsanction.model.export_profile import ExportProfile
from jointsanction.model.subject import Related
from jointsanction.registry.readers.read import read_listings
from jointsanction.terms import Operation, Relation, SubjectKind
from store_side import FIRM, PERSON, listing

if TYPE_CHECKING:
    from pathlib import Path

    from jointsanction.model.subject import Listing

LISTS = default_catalog().lists
BOSS = Related(relation=Relation.LEGAL_REPRESENTATIVE, kind=SubjectKind.PERSON, name="张三", id=PERSON)
UNNAMED = Related(relation=Relation.BRANCH, name="虚构甲公司分公司", personally_responsible=True)
ROW = listing(
    name="=虚构甲公司",
    subject_kind="enterprise",
    former_names=("旧名",),
    related=(BOSS, UNNAMED),
    batch="b1",
    valid_to=date(2027, 2, 28),
    subject_status="deregistered",
)


def change(row: Listing = ROW, operation: Operation = Operation.ADD) -> Change:
    """Return a change of a row."""
    return Change(operation, row, record_key(row))


def written(form: str, profile: ExportProfile, *found: Change) -> str:
    """Return a file of changes."""
    writer = RowWriter(profile, LISTS, {"b1": "某税务局"})
    return "".join(WRITERS[form](found, writer, profile, {"version": "v1", "since": None}))


PROFILE = ExportProfile(
    columns={
        "op": "operation", "mc": "name", "hm": "identifier", "md": "list_title", "xz": "list_kind", "tg": "provider",
        "rq": "listed_on", "zl": "subject_kind", "wx": "removed_on",
    },
    fixed={"bb": "1.0"},
    values={"operation": {"add": "A"}, "subject_kind": {"enterprise": "01"}},
    dates="chinese",
)  # fmt: skip


def test_csv_speaks_as_the_receiver_does() -> None:
    """Headers, words and dates are the receiver's; what would be a formula is a text; unknown is empty."""
    rows = list(csv.reader(io.StringIO(written("csv", PROFILE, change()))))
    assert rows == [
        ["op", "mc", "hm", "md", "xz", "tg", "rq", "zl", "wx", "bb"],
        [
            "A",
            "'=虚构甲公司",
            FIRM,
            LISTS["BL.TAX"].title,
            LISTS["BL.TAX"].kind.zh,
            "某税务局",
            "2024年3月1日",
            "01",
            "",
            "1.0",
        ],
    ]


def test_json_and_xml_say_of_which_version_they_are() -> None:
    """What isn't known is left out; XML is well-formed whatever a name holds."""
    document = json.loads(written("json", PROFILE, change(), change()))
    assert (document["version"], document["since"], len(document["records"])) == ("v1", None, 2)
    assert "wx" not in document["records"][0]
    odd = change(listing(name='甲 <&"> \x07乙'))
    root = ET.fromstring(written("xml", PROFILE, odd))  # noqa: S314 - our own
    assert (root.tag, root.attrib) == ("records", {"version": "v1"})
    assert [each.text for each in root.iter("mc")] == ['甲 <&">  乙']


def test_an_empty_file_is_whole() -> None:
    """After nothing happened the receiver gets a file that says so."""
    assert written("csv", PROFILE).count("\n") == 1
    assert json.loads(written("json", PROFILE))["records"] == []
    assert list(ET.fromstring(written("xml", PROFILE))) == []  # noqa: S314 - our own


def test_the_standard_file_is_read_again(tmp_path: Path) -> None:
    """Another office imports what this one exported, without a mapping."""
    path = tmp_path / "名单.csv"
    path.write_text(written("csv", standard_profile(delta=False), change()), encoding="utf-8-sig")
    report = read_listings(path, default_catalog())
    assert report.errors == ()
    (row,) = report.listings
    for name in (
        "list",
        "name",
        "uscc",
        "listed_on",
        "valid_to",
        "instrument_no",
        "former_names",
        "related",
        "subject_status",
    ):
        assert getattr(row, name) == getattr(ROW, name), name
    assert "增量操作" in standard_profile(delta=True).columns


def test_entities_are_read_again(tmp_path: Path) -> None:
    """FtM out is FtM in: subject, sanction, ties; a row that was only announced, or a red list, is no sanction."""
    ended = listing(removed_on=date(2024, 6, 1), instrument_no="测税〔2024〕2号", name="=虚构甲公司")
    person = listing(None, resident_id=PERSON, subject_kind="person", name="李四", published_on=date(2024, 3, 2))
    red, told = listing(list="RL.TAXA"), listing(listed_on=None, announced_on=date(2024, 3, 1))
    text = "".join(ftm_text(map(change, (ROW, ended, person, red, told)), LISTS, delta=False))
    path = tmp_path / "实体.json"
    path.write_text(text, encoding="utf-8")
    report = read_listings(path, default_catalog(), mapping="followthemoney")
    assert report.errors == ()
    assert [(row.uscc, row.resident_id, row.removed_on, row.valid_to) for row in report.listings] == [
        (FIRM, None, None, date(2027, 2, 28)),
        (FIRM, None, date(2024, 6, 1), None),
        (None, PERSON, None, None),
    ]
    assert (report.listings[0].former_names, report.listings[0].subject_status) == (("旧名",), ROW.subject_status)
    assert report.listings[0].related == (BOSS, Related(relation=Relation.BRANCH, name="虚构甲公司分公司"))
    assert len({json.loads(line)["id"] for line in text.splitlines()}) == len(text.splitlines())


def test_a_delta_of_entities_says_what_to_do() -> None:
    """A sanction that ended has changed and is still there; a subject is always told whole."""
    found = [change(listing(), Operation.DEL), change(listing(list="BL.WAGE"), Operation.ADD)]
    lines = [json.loads(line) for line in ftm_text(found, LISTS, delta=True)]
    assert [(line["op"], line["entity"]["schema"]) for line in lines] == [
        ("ADD", "LegalEntity"),
        ("MOD", "Sanction"),
        ("ADD", "Sanction"),
    ]


@pytest.mark.parametrize("name", ready_profiles(ExportProfile))
def test_ready_profiles_can_be_used(name: str) -> None:
    """Every profile that ships loads by its name and writes an XML file."""
    profile = load_profile(name.replace("_", "-"), ExportProfile)
    refuse_unfit(profile)
    assert written("xml", profile, change())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("columns: {a: nothing}", "registry.profile"),
        ("columns: {}", "registry.profile"),
        ("columns: {a: name}\nfixed: {a: b}", "registry.profile"),
        ("", "registry.profile"),
        ("columns: {a: name}\nother: 1", "registry.profile"),
    ],
)
def test_a_wrong_profile_is_refused(text: str, code: str) -> None:
    """Each problem is told with its place."""
    with pytest.raises(RegistryError) as raised:
        read_profile(text.encode(), "省平台.yaml", ExportProfile)
    assert raised.value.code == code


def test_a_profile_is_found_or_named(tmp_path: Path) -> None:
    """A path, or a name of the package; headers of an XML file must be names."""
    path = tmp_path / "省平台.yaml"
    path.write_text("columns: {主体 名称: name}", encoding="utf-8")
    profile = load_profile(str(path), ExportProfile)
    wrong: list[tuple[Any, str]] = [
        (lambda: load_profile("nobody", ExportProfile), "registry.unknown_profile"),
        (lambda: load_profile(str(tmp_path / "none.yaml"), ExportProfile), "registry.no_file"),
        (lambda: refuse_unfit(profile), "registry.profile"),
    ]
    for call, code in wrong:
        with pytest.raises(RegistryError) as raised:
            call()
        assert raised.value.code == code
