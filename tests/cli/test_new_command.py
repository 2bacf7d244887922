"""A skeleton is refused by name until it is filled in, then loads and passes its cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from cli_side import Run

MEASURE = ("measure", "refuse-demo", "--list", "失信被执行人", "--matter", "bidding", "--instrument", "demo-law")

FILLED = {
    "title: TODO": "title: 失信被执行人不得投标（虚构，仅作示例）",
    "item: TODO": "item: market-access",
    "class: TODO": "class: adverse",
    "degree: TODO": "degree: prohibit",
    "binding: TODO": "binding: must",
    "article: TODO": 'article: "12"',
    "carries: TODO": "carries: sets",
    "text: TODO": "text: verified",
    "anchor: TODO": "anchor: 不得参加投标",
    "implementing_authority: [TODO]": "implementing_authority: [招标人]",
    "duty: TODO": "duty: 不接受其投标。",
    "document_number: TODO\n": "",
    "level: TODO": "level: law",
    "issuer: TODO": "issuer: 虚构人大常委会",
    "adopted: TODO": "adopted: 2019-12-01",
    "valid_from: TODO": "valid_from: 2020-01-01",
}


def fill(path: Path) -> None:
    """Fill in a skeleton by the documented words."""
    text = path.read_text(encoding="utf-8")
    for todo, said in FILLED.items():
        text = text.replace(todo, said)
    path.write_text(text, encoding="utf-8")


def test_from_skeleton_to_a_measure_that_holds(run: Run, folder: Path) -> None:
    """Instrument first, then the measure with its cases; filled in, everything loads and every case holds."""
    assert run("catalog", "new", "instrument", "demo-law", "--out", "city").code == 0
    refused = run("catalog", "new", *MEASURE, "--out", "city", "--catalogue", "city")
    assert (refused.code, "catalog.todo" in refused.err) == (3, True)
    fill(folder / "city/measures/instruments/demo-law.yaml")
    made = run("catalog", "new", *MEASURE, "--out", "city", "--catalogue", "city")
    assert made.code == 0, made.err
    assert "待补 11 处" in made.out
    lint = run("catalog", "lint", "--catalogue", "city")
    assert lint.code == 3
    told = [line for line in lint.err.splitlines() if line.startswith("city/")]
    assert len(told) == 11
    assert all("catalog.todo" in line for line in told)
    fill(folder / "city/measures/restriction/refuse-demo.yaml")
    tested = run("catalog", "test", "--catalogue", "city")
    assert tested.code == 0, tested.out
    assert tested.out == "1 个文件，5 个用例，0 个不符。\n"


@pytest.mark.parametrize(
    ("words", "files"),
    [
        (("measure", "gain-demo", "--incentive", "--local", "990000"), ["measures/local/990000/incentive/gain-demo"]),
        (
            ("measure", "bar-demo", "--list", "BL.TAX", "--local", "990000"),
            ["measures/local/990000/restriction/bar-demo"],
        ),
        (("measure", "watch-demo", "--list", "GEN.DRUG"), ["measures/restriction/watch-demo"]),
        (("rule", "demo-rule", "--list", "BL.TAX", "--matter", "GPC", "--local", "990000"), ["rules/demo-rule"]),
        (("list", "BL.DEMO", "--local", "990000"), ["measures/lists/BL.DEMO"]),
        (("list", "RL.DEMO"), ["measures/lists/RL.DEMO"]),
        (("instrument", "demo-law", "--local", "990000"), ["measures/instruments/demo-law"]),
    ],
)
def test_every_skeleton_is_refused_for_its_todos_alone(
    run: Run, folder: Path, words: tuple[str, ...], files: list[str]
) -> None:
    """What is open is all that is wrong with a skeleton; measures and rules have their cases beside them."""
    made = run("catalog", "new", *words, "--out", "city")
    assert made.code == 0, made.err
    cases = [f"{file}.test" for file in files if words[0] in ("measure", "rule")]
    root = folder / "city"
    written = [path.relative_to(root).as_posix().removesuffix(".yaml") for path in root.rglob("*.yaml")]
    assert sorted(written) == sorted([*files, *cases])
    assert run("catalog", "fmt", "--check", "city").code == 0
    lint = run("catalog", "lint", "--catalogue", "city")
    problems = [line for line in lint.err.splitlines() if line.startswith("city/")]
    assert problems
    assert [line for line in problems if "catalog.todo" not in line] == []


def test_the_cases_name_what_applies_already(run: Run, folder: Path) -> None:
    """`want` is the whole answer: the measures that the catalogue has for the list and matter stand there already."""
    words = ("measure", "refuse-demo", "--list", "BL.SXBZXR", "--matter", "procurement")
    assert run("catalog", "new", *words, "--out", "city").code == 0
    cases = (folder / "city/measures/restriction/refuse-demo.test.yaml").read_text(encoding="utf-8")
    assert "want: [refuse-demo, refuse-government-procurement]" in cases
    assert "\n    want: []\n" in cases


def test_a_list_of_persons_is_asked_about_a_person(run: Run, folder: Path) -> None:
    """A subject that may stand on the list at all."""
    run("catalog", "new", "measure", "refuse-demo", "--list", "BL.INS", "--matter", "GPC", "--out", "city")
    cases = (folder / "city/measures/restriction/refuse-demo.test.yaml").read_text(encoding="utf-8")
    assert "subject: {kind: person, resident_id:" in cases


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("measures", "a-b"), "question.entry_kind"),
        (("measure", "Bad_Id"), "catalog.bad_id"),
        (("measure", "TODO-1"), "catalog.todo"),
        (("measure", "refuse-government-procurement"), "catalog.taken_id"),
        (("list", "BL.TAX"), "catalog.taken_id"),
        (("measure", "a-b", "--list", "BL.NONE"), "catalog.unknown_entry"),
        (("measure", "a-b", "--list", "甚么"), "catalog.unknown_entry"),
        (("measure", "a-b", "--instrument", "tendering-lw"), "catalog.unknown_entry"),
        (("measure", "a-b", "--instrument", "甚么"), "catalog.unknown_entry"),
        (("measure", "a-b", "--matter", "nothing"), "matter.unknown"),
        (("measure", "a-b", "--local", "41"), "question.region"),
    ],
)
def test_what_can_not_be_begun_is_refused(run: Run, folder: Path, words: tuple[str, ...], code: str) -> None:
    """Nothing is written for a name nobody knows or that is taken."""
    ran = run("catalog", "new", *words, "--out", "city")
    assert (ran.code, code in ran.err) == (2, True), ran.err
    assert list(folder.iterdir()) == []


def test_nothing_is_written_over(run: Run, folder: Path) -> None:
    """A file that is there stays, and its companion is not written either."""
    path = folder / "city/measures/restriction/a-b.test.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("mine", encoding="utf-8")
    ran = run("catalog", "new", "measure", "a-b", "--out", "city")
    assert (ran.code, "catalog.output_exists" in ran.err) == (2, True)
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert path.read_text(encoding="utf-8") == "mine"
