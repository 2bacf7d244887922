"""The one form: equal to what was there, comment for comment, and once is enough."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jointsanction import CatalogError
from jointsanction.catalog.canonical.form import formatted
from jointsanction.catalog.canonical.layout import laid_out
from jointsanction.catalog.canonical.order import SHAPES, kind_of
from jointsanction.catalog.reading.yaml_text import MapNode, TextNode, read_yaml
from jointsanction.root import default_root

ROOT = Path(str(default_root()))
MEASURE = Path("measures/restriction/a.yaml")


def form(text: str, path: Path = MEASURE) -> str:
    """Return a text in the one form."""
    written = formatted(text.encode(), path)
    assert written is not None
    return written


def shipped() -> list[Path]:
    """Return every YAML file that ships."""
    return [file for part in ("measures", "rules", "mappings", "samples") for file in (ROOT / part).rglob("*.yaml")]


def test_every_shipped_file_has_one_form_that_reads_the_same() -> None:
    """What `formatted` returns was read again and compared; a second time nothing changes."""
    for path in shipped():
        once = formatted(path.read_bytes(), path)
        kind = kind_of(path, once or "")
        assert once is not None, path
        assert kind is not None, path
        assert laid_out(once, SHAPES[kind]) == once, path


CASES = {
    "keys in their order": ("title: 甲\nid: a\n", "id: a\ntitle: 甲\n"),
    "keys of a bracketed basis": (
        "basis:\n- {carries: sets, instrument: a}\n",
        "basis:\n  - {instrument: a, carries: sets}\n",
    ),
    "spaces in brackets": ("matters: [ A,B ,  C]\n", "matters: [A, B, C]\n"),
    "empty brackets": ("matters: [ ]\ngrants: { }\n", "matters: []\ngrants: {}\n"),
    "brackets over several lines": ("matters: [A,\n    B]\n", "matters: [A, B]\n"),
    "a number that is a text": ("row: 22\n", 'row: "22"\n'),
    "a date that is a text": ("note: 2024-01-01\n", 'note: "2024-01-01"\n'),
    "a number stays one": ('term: {years: "3"}\n', 'term: {years: "3"}\n'),
    "quotes that are not needed": ("id: 'a'\ntitle: \"甲\"\n", "id: a\ntitle: 甲\n"),
    "quotes that are": ("title: 'a: b'\nduty: ''\nnote: 'no'\n", 'title: "a: b"\nduty: ""\nnote: "no"\n'),
    "a plain text over two lines": ("note: a\n  b\n", "note: a b\n"),
    "comments go with their key": (
        "# head\n\n# of title\ntitle: 甲 # beside\n# of id\nid: a\n# tail\n",
        "# head\n\n# of title\n# of id\nid: a\ntitle: 甲 # beside\n# tail\n",
    ),
    "comments within a list": (
        "basis:  # why\n# first\n- {instrument: a}   # 1\n\n\n# 2\n- instrument: b\n# deep\n  carries: sets\n",
        "basis: # why\n  # first\n  - {instrument: a} # 1\n\n  # 2\n  - instrument: b\n    # deep\n    carries: sets\n",
    ),
    "a comment below what it belongs to": (
        "basis:\n    - {instrument: a}\n    # still the list\n# of note\nnote: a\n",
        "basis:\n  - {instrument: a}\n  # still the list\n# of note\nnote: a\n",
    ),
    "a comment above another key of an item": (
        "basis:\n  # odd\n  - carries: sets\n    # of a\n    instrument: a\n",
        "basis:\n  # odd\n  # of a\n  - instrument: a\n    carries: sets\n",
    ),
    "brackets with comments stay": (
        "matters: [A, # why\n  B]\nid: a\n",
        "id: a\nmatters: [A, # why\n  B]\n",
    ),
    "brackets with a line of comment stay and move": (
        "targets:\n    lists: [A,\n      # why\n      B\n    ]\n",
        "targets:\n  lists: [A,\n    # why\n    B\n  ]\n",
    ),
    "texts of several lines stay": (
        "note: |\n  a\n\n  b # no comment\nid: a\n",
        "id: a\nnote: |\n  a\n\n  b # no comment\n",
    ),
    "a text of paragraphs stays": ("note: a\n\n  b\nid: a\n", "id: a\nnote: a\n\n  b\n"),
    "what looks like a comment": ("note: a#b\nduty: 'a # b'\n", 'duty: "a # b"\nnote: a#b\n'),
    "an unknown key leaves the order": ("title: 甲\nwhatever: 1\nid: a\n", "title: 甲\nwhatever: 1\nid: a\n"),
    "nothing given": ("note:\nid: a\n", "id: a\nnote:\n"),
    "all in brackets": ("{title: 甲, id: a}\n", "{id: a, title: 甲}\n"),
    "lists in lists and a short form": (
        "conditions: [{clean-period: 3}]\nterm:\n  runs_from: decision-made\n  years: 3\n",
        "term:\n  years: 3\n  runs_from: decision-made\nconditions: [{clean-period: 3}]\n",
    ),
    "windows lines and a mark": ("\ufeffid: a\r\ntitle: 甲\r\n", "id: a\ntitle: 甲\n"),
    "a list within a list": ("traits:\n- - a\n  - b\n", "traits:\n  - - a\n    - b\n"),
}


@pytest.mark.parametrize(("before", "after"), CASES.values(), ids=CASES)
def test_one_form(before: str, after: str) -> None:
    """Each habit of writing has one form, which stays."""
    assert form(before) == after
    assert form(after) == after


def test_a_mapping_keeps_the_order_its_author_gave_it() -> None:
    """Of several headers read as one column the first counts: keys that are data are never moved."""
    text = 'columns:\n  b: name\n  a: name\nvalues:\n  subject_kind:\n    "1": unit\n    "0": person\n'
    assert form(text, Path("mappings/x.yaml")) == text


@pytest.mark.parametrize(
    ("path", "text", "kind"),
    [
        ("x.yaml", "# yaml-language-server: $schema=../a/list.schema.json\n", "list"),
        ("x.yaml", "# yaml-language-server: $schema=../a/other.schema.json\n", None),
        ("x.test.yaml", "", "cases"),
        ("x.mapping.yaml", "", "mapping"),
        ("measures/matters.yaml", "", "matters"),
        ("groups.yaml", "", "groups"),
        ("measures/local/990000/incentive/x.yaml", "", "measure"),
        ("departments/x.yaml", "", "department"),
        ("whatever/x.yaml", "", None),
    ],
)
def test_kinds_of_files(path: str, text: str, kind: str | None) -> None:
    """The modeline says it, else the name, else the folder."""
    assert kind_of(Path(path), text) == kind
    assert kind is None or kind in SHAPES


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("id: a\nid: b\n", "catalog.duplicate_key"),
        ("id: [a\n", "catalog.unclosed_bracket"),
        ("- a\n", "catalog.not_a_mapping"),
        ("basis:\n  - # odd\n    carries: sets\n", "catalog.fmt_unsafe"),
    ],
)
def test_what_can_not_be_read_or_kept_is_refused(text: str, code: str) -> None:
    """Nothing is guessed: a file that is broken, or would not read the same, stays as it is."""
    with pytest.raises(CatalogError) as refused:
        formatted(text.encode(), MEASURE)
    assert code in {problem.code for problem in refused.value.problems} | {refused.value.code}


def test_a_file_of_somebody_else_is_none_of_ours() -> None:
    """Whatever is neither named nor placed as ours is left alone."""
    assert formatted(b"a: 1\n", Path("docker-compose.yaml")) is None


WORDS = st.text(st.sampled_from("a0-: #'\"[]{},甲，“\\\u3000x.*&!%@`|>?"), max_size=8)
KEYS = st.sampled_from(["id", "row", "title", "note", "duty", "ask", "matters", "basis", "targets", "term"])


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@st.composite
def entries(draw: st.DrawFn) -> str:
    """Draw a measure with texts, lists and comments in many styles."""
    lines = []
    for key in draw(st.lists(KEYS, unique=True, min_size=1, max_size=6)):
        if draw(st.booleans()):
            lines.append("# " + draw(WORDS).strip())
        if draw(st.booleans()):
            lines.append("")
        texts = draw(st.lists(WORDS, min_size=1, max_size=3))
        style = draw(st.sampled_from(["text", "flow", "block", "single"]))
        if style == "text":
            lines.append(f"{key}:  {_quoted(texts[0])}" + draw(st.sampled_from(["", "  # beside", "   "])))
        elif style == "single":
            lines.append(f"{key}: '{texts[0].replace(chr(39), chr(39) * 2)}'")
        elif style == "flow":
            joint = draw(st.sampled_from([",", " , ", ",\n   "]))
            lines.append(f"{key}: [{joint.join(map(_quoted, texts))}]")
        else:
            step = draw(st.sampled_from(["", "  ", "    "]))
            lines += [f"{key}:", *(f"{step}- {_quoted(text)}" for text in texts)]
    return "\n".join(lines) + "\n"


@given(entries())
def test_generated_entries(text: str) -> None:
    """Whatever an author writes: the values are the same, the comments are there, and once is enough."""
    once = form(text)
    assert form(once) == once
    before, after = read_yaml(text.encode(), "a").root, read_yaml(once.encode(), "a").root
    assert isinstance(before, MapNode)
    assert isinstance(after, MapNode)
    for key, entry in before.entries.items():
        if isinstance(entry.value, TextNode):
            assert after.entries[key].value.text == entry.value.text  # type: ignore[union-attr]
    assert sorted(line.strip() for line in text.splitlines() if line.startswith("#")) == sorted(
        line.strip() for line in once.splitlines() if line.startswith("#")
    )
