"""The schemas in the YAML language server that editors run: what an author is offered, shown and told.

`tox -e schema` installs the server from npm; elsewhere `JOINTSANCTION_YAML_SERVER` or the path may name one.
"""

from __future__ import annotations

import itertools
import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from language_server import Diagnostic, LanguageServer

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.schema

ROOT = Path(__file__).parents[1]
CHINESE = re.compile("[\u4e00-\u9fff]")
AT_ONCE = 200
NUMBERS = itertools.count()

MEASURE = """# yaml-language-server: $schema=../../schemas/measure.schema.json
id: a-b
title: 甲
item: market-access
class: adverse
degree: prohibit
binding: must
trigger: listing
targets: {lists: [BL.TAX]}
bears: [self]
matters: [GPC]
basis:
  - {instrument: a, carries: sets, text: verified}
implementing_authority: [甲]
duty: 甲。
"""


@pytest.fixture(scope="module")
def server() -> Iterator[LanguageServer]:
    """Return a running language server."""
    command = os.environ.get("JOINTSANCTION_YAML_SERVER") or shutil.which("yaml-language-server")
    if command is None:
        pytest.skip("no yaml-language-server (npm): `tox -e schema` installs one")
    running = LanguageServer(command, ROOT)
    yield running
    running.stop()


def opened(server: LanguageServer, text: str) -> str:
    """Open a text as a new measure of the catalogue and return its address."""
    # Each under a name of its own: what the server finds late would else be told of the next one.
    uri = server.open(ROOT / "measures" / "restriction" / f"try-{next(NUMBERS)}.yaml", text)
    server.wait(uri)
    return uri


def offered(server: LanguageServer, text: str, line: int, column: int) -> dict[str, str]:
    """Return what is offered at a place, with what is said of each."""
    items = server.at("completion", opened(server, text), line, column)["items"]
    return {item["label"]: str(item.get("documentation", "")) for item in items}


def test_values_are_offered_with_their_statutory_word(server: LanguageServer) -> None:
    """Whoever types `degree: ` is offered every degree, and reads 禁止 beside `prohibit`."""
    found = offered(server, MEASURE.replace("degree: prohibit", "degree: "), 6, 9)
    assert found["prohibit"] == "禁止"
    assert [word for word, said in found.items() if not CHINESE.search(said)] == []


def test_keys_are_offered_with_what_they_mean(server: LanguageServer) -> None:
    """On an empty line the keys not yet written are offered in Chinese."""
    found = offered(server, MEASURE, 16, 1)
    assert "期限" in found["term"]
    assert "degree" not in found
    assert "effect" not in found


@pytest.mark.parametrize(("line", "said"), [(6, "惩戒、激励尺度"), (12, "法规政策依据"), (15, "经办人要做的事")])
def test_a_key_is_explained_where_the_mouse_rests(server: LanguageServer, line: int, said: str) -> None:
    """What a key means, and beside a word its statutory term."""
    shown = server.at("hover", opened(server, MEASURE), line, 2)
    assert said in str(shown["contents"])


def test_a_word_is_explained_where_the_mouse_rests(server: LanguageServer) -> None:
    """`must` is 应当."""
    assert "应当" in str(server.at("hover", opened(server, MEASURE), 7, 11)["contents"])


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("degree: prohibit", "degre: prohibit", 6),
        ("binding: must", "binding: should", 7),
        ("carries: sets", "carry: sets", 13),
        ("bears: [self]", "bears: [selves]", 10),
        ("bears: [self]", "effect: restriction\nbears: [self]", 10),
    ],
)
def test_a_slip_is_told_on_its_line(server: LanguageServer, old: str, new: str, line: int) -> None:
    """A wrong key, a wrong word, a key that is not the author's to write: the line is the right one."""
    found = server.wait(opened(server, MEASURE.replace(old, new)))
    assert line in {one.line for one in found}, found


def test_nothing_is_told_of_a_sound_file(server: LanguageServer) -> None:
    """The file above is right as it stands, so what is told below is told for its slips."""
    assert server.wait(opened(server, MEASURE)) == []


def test_every_shipped_file_is_sound(server: LanguageServer) -> None:
    """No shipped file shows its author a single mark."""
    parts = ("measures", "rules", "mappings", "samples")
    files = [file for part in parts for file in sorted((ROOT / part).rglob("*.yaml"))]
    found: dict[Path, list[Diagnostic]] = {}
    for start in range(0, len(files), AT_ONCE):
        texts = [(file, file.read_text(encoding="utf-8")) for file in files[start : start + AT_ONCE]]
        found |= server.diagnostics(texts)
    assert len(found) == len(files) > 900
    assert {str(file): told for file, told in found.items() if told} == {}
