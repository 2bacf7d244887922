"""Cases are tests of an embedder's suite when he asks for it; nobody else ever notices that the library is there."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points
from importlib.resources import files

import pytest

NAME = "jointsanction.pytest_plugin"
PLUGIN = ("-p", NAME, "-p", "no:randomly")

CASES = """
cases:
  - name: 在名单上
    subject: {kind: enterprise, uscc: "91990000MA0000001B"}
    listings: [{list: BL.SXBZXR, listed_on: 2025-01-10}]
    matter: GPC.SUPPLIER
    as_of: 2025-06-01
    want: [refuse-government-procurement]
  - name: 移出以后
    like: 在名单上
    listings: [{list: BL.SXBZXR, listed_on: 2025-01-10, removed_on: 2025-02-01}]
    want: [WANTED]
  - name: 事项写错
    like: 在名单上
    matter: nothing
    want: []
"""


def put(pytester: pytest.Pytester, name: str, text: str) -> None:
    """Write a file of the embedder."""
    path = pytester.path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_each_case_is_a_test_of_its_own(pytester: pytest.Pytester) -> None:
    """The id is the file and the case's name; a failure says what came instead, and where the case stands."""
    put(pytester, "cases/a.test.yaml", CASES)
    ran = pytester.runpytest_subprocess(*PLUGIN, "--jointsanction", "-v")
    ran.assert_outcomes(passed=1, failed=2)
    ran.stdout.fnmatch_lines(
        [
            "cases/a.test.yaml::在名单上 PASSED*",
            "cases/a.test.yaml::移出以后 FAILED*",
            "*a.test.yaml：移出以后*",
            "用例不符：移出以后",
            "  want：要求 [[]WANTED[]]，得到 [[][]]",
            "*a.test.yaml:9",
            "  matter.unknown *",
        ]
    )
    ran.stdout.no_fnmatch_line("*Traceback*")
    pytester.runpytest_subprocess(*PLUGIN, "--jointsanction", "cases/a.test.yaml::在名单上").assert_outcomes(passed=1)


REGULATION = "id: our-law\ntitle: 虚构条例\nlevel: law\nvalid_from: 2020-01-01\n"
MEASURE = """
id: our-measure
title: 虚构措施
item: market-access
class: adverse
degree: prohibit
binding: must
trigger: listing
targets: {lists: [BL.SXBZXR]}
bears: [self]
matters: [GPC.SUPPLIER]
basis: [{instrument: our-law, article: "1", carries: sets, text: verified}]
implementing_authority: [某机关]
duty: 不予办理。
"""
OWN = CASES.split("  - name: 移出以后", maxsplit=1)[0].replace("want: [", "want: [our-measure, ")


@pytest.mark.parametrize("by", ["option", "ini"])
def test_own_catalogues(pytester: pytest.Pytester, by: str) -> None:
    """A catalogue of the embedder's is laid over the shipped one, named on the command line or in the ini file."""
    put(pytester, "city/measures/instruments/our-law.yaml", REGULATION)
    put(pytester, "city/measures/restriction/our-measure.yaml", MEASURE)
    put(pytester, "city/measures/restriction/our-measure.test.yaml", OWN)
    typed = ["--jointsanction", "--jointsanction-catalogue", "city"] if by == "option" else []
    if by == "ini":
        pytester.makeini("[pytest]\njointsanction = true\njointsanction_catalogues = city\n")
    pytester.runpytest_subprocess(*PLUGIN, *typed).assert_outcomes(passed=1)


def test_a_file_that_can_not_be_read_says_why(pytester: pytest.Pytester) -> None:
    """All its problems with line and column, and no traceback."""
    put(pytester, "a.test.yaml", "cases: [{name: a, mater: GPC}]\n")
    ran = pytester.runpytest_subprocess(*PLUGIN, "--jointsanction")
    ran.assert_outcomes(errors=1)
    ran.stdout.fnmatch_lines(["*a.test.yaml:1:19: catalog.unknown_key*"])


def test_a_fault_of_the_program_is_shown_as_one(pytester: pytest.Pytester) -> None:
    """A catalogue that can't be read is no case that does not hold."""
    put(pytester, "a.test.yaml", CASES)
    ran = pytester.runpytest_subprocess(*PLUGIN, "--jointsanction", "--jointsanction-catalogue", "nowhere")
    ran.assert_outcomes(failed=3)
    ran.stdout.fnmatch_lines(["*catalog.no_root*"])


def test_unasked_it_sleeps(pytester: pytest.Pytester) -> None:
    """A stranger's files are his own, whatever they are called."""
    put(pytester, "a.test.yaml", "not: ours\n")
    put(pytester, "test_own.py", "def test_own(): pass\n")
    pytester.runpytest_subprocess(*PLUGIN).assert_outcomes(passed=1)


def test_asleep_it_imports_nothing_of_the_library() -> None:
    """A stranger's run is not slowed: neither YAML nor pydantic nor any room of ours is loaded."""
    told = "import sys, jointsanction.pytest_plugin; print(sorted(m for m in sys.modules if 'jointsanction' in m))"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "['jointsanction', 'jointsanction.pytest_plugin']"


def test_pytest_finds_it_by_itself() -> None:
    """The wheel names it among its entry points, under the name that `-p` takes as well."""
    if not (files("jointsanction") / "data").is_dir():
        pytest.skip("not installed from a wheel: `tox` runs this test on one")
    assert [found.value for found in entry_points(group="pytest11") if found.name == NAME] == [NAME]
