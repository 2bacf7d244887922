"""An answer kept as a case holds when it is run, and names nobody."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING

import pytest

from cli_side import ASKED, DEFAULTER, NOBODY, RELEASED, SAMPLES, TRUSTED, UNPAID_WAGES, ListFile, Run
from jointsanction import Engine
from jointsanction.catalog.bundle import default_catalog
from jointsanction.catalog.compile import compile_catalog
from jointsanction.steps.asking.ask import read_subject
from jointsanction.testing import read_cases, run_case
from jointsanction.testing.case_text import appended
from jointsanction.testing.cases import parse_cases
from jointsanction.testing.saved import saved_case

if TYPE_CHECKING:
    from pathlib import Path

    from jointsanction.catalog.compile import Tables


@cache
def shipped() -> Tables:
    """Compile the shipped catalogue, once for all these tests."""
    return compile_catalog(default_catalog(), "")


def saved(run: Run, path: Path, *words: str) -> str:
    """Keep an answer and return the text of the file, which must hold."""
    ran = run("check", *words, "--save-case", str(path))
    assert ran.code == 0, ran.err
    assert "都是编的" in ran.err
    assert [run_case(case, shipped()) for case in read_cases(path)] == [()] * len(read_cases(path))
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("number", [DEFAULTER, UNPAID_WAGES, TRUSTED, RELEASED, NOBODY])
def test_an_answer_becomes_a_case_that_holds(run: Run, sample_store: str, folder: Path, number: str) -> None:
    """The question, the listings as the store has them, and the answer; the subject is made up."""
    text = saved(run, folder / "new" / "a.test.yaml", number, *ASKED, "--store", sample_store)
    (case,) = read_cases(folder / "new" / "a.test.yaml")
    assert number not in text
    assert case.subject is not None
    assert (case.subject.uscc or "").startswith("91990000MA0000")
    assert str(case.as_of) == "2026-06-10"
    assert case.region == "410182"


def test_every_sample_subject_in_several_matters(sample_store: str) -> None:
    """Whatever its state on the lists: announced only, lapsed, without a number, in another region."""
    numbers = sorted(set(re.findall(r"9199\d{4}MA\w{8}", (SAMPLES / "lists.csv").read_text(encoding="gb18030"))))
    assert len(numbers) > 5
    engine = Engine.open(sample_store)
    raw = None
    for number in numbers:
        for matter in ("procurement", "bidding", "FOOD.LIC"):
            result = engine.check_subject(number, matter, as_of="2026-06-10", region="410182")
            case = saved_case(result, read_subject(number), tables=engine.tables, registry=engine.registry)
            raw = appended(raw, case, "all.test.yaml")[0].encode()
    cases = parse_cases(raw or b"", "all.test.yaml")
    assert len({case.name for case in cases}) == len(cases) == 3 * len(numbers)
    assert [run_case(case, engine.tables) for case in cases] == [()] * len(cases)
    assert not [number for number in numbers if number.encode() in (raw or b"")]


def test_a_name_gives_a_candidate_and_stays_one(run: Run, list_file: ListFile, folder: Path) -> None:
    """What a name alone gives is as unsure in the case, and the name is nobody's."""
    store = f"sqlite:///{folder / 'own.db'}"
    rows = list_file("BL.TAX,某某真名有限公司,,2025-01-10,税稽〔2025〕1号")
    assert run("import", rows, "--list", "BL.TAX", "--store", store).code == 0
    text = saved(run, folder / "a.test.yaml", "--name", "某某真名有限公司", *ASKED, "--store", store)
    assert "真名" not in text
    assert "税稽" not in text
    assert "verdict: indeterminate" in text
    text = saved(run, folder / "b.test.yaml", DEFAULTER, "--name", "某某真名有限公司", *ASKED, "--store", store)
    assert "name: 虚构甲有限公司" in text


def test_a_masked_number_is_a_candidate(run: Run, list_file: ListFile, folder: Path) -> None:
    """A listing with a masked number that fits is a clue, in the case as in the store."""
    store = f"sqlite:///{folder / 'own.db'}"
    headers = "list,name,uscc,listed_on,instrument_no"
    rows = list_file(f"BL.TAX,某某有限公司,{DEFAULTER[:4]}**********{DEFAULTER[-4:]},2025-01-10,1号", headers=headers)
    assert run("import", rows, "--list", "BL.TAX", "--store", store).code == 0
    text = saved(run, folder / "a.test.yaml", DEFAULTER, *ASKED, "--store", store)
    assert "*" in text


def test_those_tied_to_the_subject_are_made_up_too(run: Run, sample_store: str, folder: Path) -> None:
    """Related subjects, acts and every other word of the question come along."""
    text = saved(
        run, folder / "a.test.yaml", NOBODY, "--matter", "FOOD.LIC", "--as-of", "2026-06-10", "--store", sample_store,
        "--related", f"consortium-member:{DEFAULTER}", "--related", "legal-representative:某某人",
        "--act", "licence-revoked:2025-01-01:field=food:document_number=某市监罚1号", "--size", "micro",
        "--trait", "not-engineering", "--role", "candidate", "--phase", "during", "--field", "food", "--field", "drug",
        "--coverage", "loaded", "--kind", "enterprise",
    )  # fmt: skip
    for kept in ("licence-revoked:2025-01-01:field=food", "size: micro", "not-engineering", "role: candidate",
                 "phase: during", "coverage: loaded", "虚构法定代表人", "fields: [drug, food]"):  # fmt: skip
        assert kept in text
    for gone in (DEFAULTER, NOBODY, "某某人", "某市监罚"):
        assert gone not in text


RELATED = "list,name,uscc,listed_on,instrument_no,related"


def test_a_listing_that_names_the_subject_as_tied(run: Run, list_file: ListFile, folder: Path) -> None:
    """A firm's listing that names the person asked about is in the case as somebody else's, with him tied to it."""
    store = f"sqlite:///{folder / 'own.db'}"
    person = "990000199001010017"
    about = {"relation": "legal-representative", "name": "某某人", "id": person, "personally_responsible": True}
    tied = json.dumps([about], ensure_ascii=False).replace('"', '""')
    rows = list_file(f'BL.SXBZXR,某某有限公司,{DEFAULTER},2025-01-10,1号,"{tied}"', headers=RELATED)
    ran = run("import", rows, "--list", "BL.SXBZXR", "--store", store)
    assert ran.code == 0, ran.out + ran.err
    asked = ("--matter", "TRAVEL.CONSUME", "--as-of", "2026-06-10", "--store", store, "--kind", "person")
    text = saved(run, folder / "a.test.yaml", person, *asked)
    assert "relation: legal-representative" in text
    assert "personally_responsible: true" in text
    assert DEFAULTER not in text


def test_what_is_there_stays(run: Run, sample_store: str, folder: Path) -> None:
    """A case is added at the end; comments, order and everything else stay; equal names are numbered."""
    path = folder / "a.test.yaml"
    first = saved(run, path, DEFAULTER, *ASKED, "--store", sample_store)
    path.write_text(first.rstrip("\n") + "  # a note", encoding="utf-8")
    path.chmod(0o640)
    second = saved(run, path, DEFAULTER, *ASKED, "--store", sample_store)
    assert second.startswith(first.rstrip("\n") + "  # a note\n")
    assert [case.name for case in read_cases(path)] == [
        "2026-06-10 GPC.SUPPLIER 禁止", "2026-06-10 GPC.SUPPLIER 禁止 2",
    ]  # fmt: skip
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    "text",
    [
        "id: a\n",
        "cases: []\n",
        "cases: text\n",
        "cases: [{name: a, subject: {name: 甲}, matter: GPC, as_of: 2024-01-01, want: []}]\n",
        "{cases: [{name: a, subject: {name: 甲}, matter: GPC, as_of: 2024-01-01, want: []}]}\n",
        "cases:\n- name: a\n  unknown: b\n",
        "cases:\n- name: a\n  like: b\n",
        "- - -",
    ],
)
def test_a_file_of_something_else_stays_as_it_is(run: Run, sample_store: str, folder: Path, text: str) -> None:
    """Nothing is written over or into what is no file of cases."""
    path = folder / "a.test.yaml"
    path.write_text(text, encoding="utf-8")
    ran = run("check", DEFAULTER, *ASKED, "--store", sample_store, "--save-case", str(path))
    assert (ran.code, "question.not_a_case_file" in ran.err, ran.out) == (2, True, "")
    assert path.read_text(encoding="utf-8") == text
    assert list(folder.iterdir()) == [path]


def test_what_can_not_be_kept_is_refused_before_anything(run: Run, sample_store: str, folder: Path) -> None:
    """The wrong ending, questions on stdin, the lists of an earlier day; a folder that can't be written to."""
    for words, code in (
        ((DEFAULTER, "--save-case", "a.yaml"), "question.case_file"),
        (("-", "--save-case", "a.test.yaml"), "question.usage"),
        ((DEFAULTER, "--save-case", "a.test.yaml", "--known-at", "2024-06-10T09:00:00+08:00"), "question.usage"),
    ):
        ran = run("check", *words, *ASKED, "--store", sample_store)
        assert (ran.code, code in ran.err) == (2, True)
    (folder / "file").write_text("", encoding="utf-8")
    for place in ("file/a.test.yaml", "folder.test.yaml"):
        (folder / "folder.test.yaml").mkdir(exist_ok=True)
        ran = run("check", DEFAULTER, *ASKED, "--store", sample_store, "--save-case", str(folder / place))
        assert (ran.code, "question.output" in ran.err) == (2, True)


def test_with_json_the_document_stays_alone_on_stdout(run: Run, sample_store: str, folder: Path) -> None:
    """What is said of the case goes to stderr."""
    words = ("--store", sample_store, "--save-case", str(folder / "a.test.yaml"))
    ran = run("check", DEFAULTER, *ASKED, "--json", *words)
    assert ran.out.startswith("{")
    assert "已存为用例" in ran.err


def test_a_partner_known_by_name_and_a_repaired_listing(run: Run, list_file: ListFile, folder: Path) -> None:
    """A partner's listing is found by his made-up name as by his own; why a listing was removed is kept in a word."""
    store = f"sqlite:///{folder / 'own.db'}"
    headers = "list,name,uscc,listed_on,instrument_no,removed_on,removal_reason"
    rows = list_file(
        "BL.TAX,某某真名有限公司,,2025-01-10,1号,,",
        f"BL.TAX,某某有限公司,{DEFAULTER},2024-01-10,2号,2025-03-01,经信用修复移出",
        headers=headers,
    )
    ran = run("import", rows, "--list", "BL.TAX", "--store", store)
    assert ran.code == 0, ran.out + ran.err
    partner = ("--related", "consortium-member:某某真名有限公司")
    text = saved(run, folder / "a.test.yaml", DEFAULTER, *ASKED, "--store", store, *partner)
    assert "{list: BL.TAX, name: 虚构联合体成员, " in text
    assert "removed_on: 2025-03-01, removal_reason: 信用修复" in text
    assert "真名" not in text
