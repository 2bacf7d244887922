"""Questions in one document on stdin: JSON in whatever layout, or XML; answered in the form they come in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from cli_side import ASKED, DEFAULTER, NOBODY, Run
from jointsanction.receipt import verify

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

ONE = {"subject": DEFAULTER, "matter": "procurement", "as_of": "2026-06-10", "ref": "甲"}


def xml_of(text: str) -> Element:
    """Return the answers that were written as XML."""
    return ET.fromstring(text)  # noqa: S314 - our own output


@pytest.mark.parametrize(
    "written",
    [
        json.dumps(ONE, indent=2),
        "\n \n" + json.dumps(ONE, indent="\t", ensure_ascii=False).replace("\n", "\r\n"),
        "\ufeff" + json.dumps(ONE, indent=0),
    ],
)
def test_a_json_object_in_any_layout_gets_one_document(run: Run, sample_store: str, written: str) -> None:
    """What a library of another language prints is a question, on however many lines."""
    ran = run("check", "-", "--store", sample_store, stdin=written.encode())
    answer = json.loads(ran.out)
    assert (ran.code, ran.err, answer.pop("ref")) == (0, "", "甲")
    assert answer["verdict"] == "prohibited"
    verify(answer)


def test_a_json_array_gets_an_array_in_order(run: Run, sample_store: str) -> None:
    """Each has its answer or its error in its place; options hold where a question leaves something out."""
    asked = [{"subject": NOBODY, "region": None}, {"subject": "12345", "ref": 2}, {"subject": DEFAULTER}]
    for layout in (None, 2):
        stdin = json.dumps(asked, indent=layout).encode()
        ran = run("check", "-", *ASKED, "--store", sample_store, stdin=stdin)
        first, second, third = json.loads(ran.out)
        assert (ran.code, first["verdict"], third["verdict"]) == (0, "clear", "prohibited")
        assert (second["error"]["code"], second["ref"]) == ("subject.malformed", 2)
    assert json.loads(run("check", "-", *ASKED, "--store", sample_store, stdin=b"[]").out) == []


def test_an_xml_question_says_what_the_json_one_does(run: Run, sample_store: str) -> None:
    """The same names, lists as repeated elements: the same question, and so the same receipt."""
    said = {
        "subject": {"uscc": DEFAULTER, "name": "甲&乙"},
        "matter": "bidding",
        "region": "410182",
        "traits": ["engineering", "not-public-funds"],
        "acts": ["bidding-disqualified:none"],
        "dates": {"notice": "2026-05-06", "evaluation": "2026-06-09"},
        "explain": True,
        "ref": "甲",
    }
    as_xml = f"""<?xml version="1.0" encoding="GBK"?>
    <!-- of another system -->
    <q:question xmlns:q="urn:example" ref="甲">
      <subject><uscc>{DEFAULTER}</uscc><name>甲&amp;乙</name></subject>
      <matter>bidding</matter><region>410182</region>
      <traits>engineering</traits><traits>not-public-funds</traits>
      <acts>bidding-disqualified:none</acts>
      <dates><notice>2026-05-06</notice><evaluation>2026-06-09</evaluation></dates>
      <explain>true</explain>
    </q:question>"""
    where = ("check", "-", "--store", sample_store)
    wanted = json.loads(run(*where, stdin=json.dumps(said).encode()).out)
    got = json.loads(run(*where, "--format", "lines", stdin=as_xml.encode("gbk")).out)
    assert (got["ref"], got["receipt"], got["question"]) == (wanted["ref"], wanted["receipt"], wanted["question"])
    answer = xml_of(run(*where, stdin=as_xml.encode("gbk")).out)
    assert (answer.tag, answer.findtext("verdict"), answer.findtext("ref")) == ("answer", wanted["verdict"], "甲")
    assert [each.text for each in answer.findall("question/traits")] == ["engineering", "not-public-funds"]
    assert len(answer.findall("findings")) == len(wanted["findings"])
    assert answer.findtext("subject/name") == "甲&乙"


def test_xml_questions_get_xml_answers_in_order(run: Run, sample_store: str) -> None:
    """`questions` holds one `question` each; what can't be answered has its error in its place."""
    asked = f"""<questions><question><subject>{NOBODY}</subject></question><question/>
    <question><subject>{NOBODY}</subject><matter>a</matter><matter>b</matter></question></questions>"""
    ran = run("check", "-", *ASKED, "--store", sample_store, stdin=asked.encode())
    first, second, third = xml_of(ran.out)
    assert (ran.code, first.findtext("verdict")) == (0, "clear")
    assert first.find("question/phase") is not None
    assert (second.findtext("error/code"), third.findtext("error/code")) == ("question.missing_key", "question.shape")
    none = run("check", "-", *ASKED, "--store", sample_store, stdin=b"<questions/>")
    assert (none.code, list(xml_of(none.out))) == (0, [])


@pytest.mark.parametrize("form", ["lines", "json", "xml"])
def test_answers_are_written_as_asked_for(run: Run, sample_store: str, form: str) -> None:
    """Lines can be asked and a document wanted back, or the other way round; null and odd names survive XML."""
    asked = json.dumps({"subject": NOBODY, "ref": {"a b": [1, None, "<"]}}).encode() + b"\n"
    where = ("check", "-", *ASKED, "--store", sample_store, "--format", form)
    for stdin in (asked, b"[" + asked + b"]"):
        out = run(*where, stdin=stdin).out
        if form == "xml":
            (answer,) = xml_of(out)
            assert answer.findtext("verdict") == "clear"
            odd = answer.findall("ref/entry")
            assert [(each.get("key"), each.get("nil"), each.text) for each in odd] == [
                ("a b", None, "1"), ("a b", "true", None), ("a b", None, "<"),
            ]  # fmt: skip
        else:
            (answered,) = json.loads(out) if form == "json" else map(json.loads, out.splitlines())
            assert (answered["verdict"], answered["ref"]) == ("clear", {"a b": [1, None, "<"]})


@pytest.mark.parametrize(
    ("stdin", "code", "where"),
    [
        (b'{\n "subject": "1",\n', "question.json", "第 3 行第 1 列"),
        (b'[{"subject": "1"} {"subject": "2"}]', "question.json", "第 1 行第 19 列"),
        (b'[{"subject": "1"}, 2]', "question.json", "第 2 项"),
        (b'[\n"\xff"]', "question.json", ""),
        (b'["\\ud800"]', "question.json", ""),
        (b"[" * 100_000, "question.json", ""),
        (b"<question>\n<subject>1</question>", "question.xml", "第 2 行"),
        (b"<question>\xe8\xaf\x8d<subject>1</subject></question>", "question.xml", "第 1 行"),
        (b'<question><matter lang="zh">bidding</matter></question>', "question.xml", "matter"),
        (b"<question>1</question>", "question.xml", "question"),
        (b"<answer/>", "question.xml", "根元素"),
        (b"<questions><query/></questions>", "question.xml", "根元素"),
        (b'<?xml version="1.0" encoding="klingon"?><question/>', "question.xml", "klingon"),
        (b'<!DOCTYPE q [<!ENTITY e SYSTEM "file:///etc/passwd">]><question>&e;</question>', "question.xml", "DOCTYPE"),
    ],
)
def test_a_document_that_cannot_be_read_is_not_answered_at_all(
    run: Run, sample_store: str, stdin: bytes, code: str, where: str
) -> None:
    """Code, where and what to do; not one answer of it, for half a document may say something else than the whole."""
    ran = run("check", "-", *ASKED, "--store", sample_store, stdin=stdin)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"错误 {code}：")
    assert where in ran.err
    assert "怎么办：" in ran.err
    assert (
        json.loads(run("check", "-", *ASKED, "--json", "--store", sample_store, stdin=stdin).out)["error"]["code"]
        == code
    )


def test_a_wrong_first_line_does_not_make_lines_a_document(run: Run, sample_store: str) -> None:
    """A line that is wrong in its midst costs the others nothing, the first line too."""
    asked = b'{"subject": "1" "matter": 2}\n' + json.dumps({"subject": NOBODY}).encode()
    first, second = map(json.loads, run("check", "-", *ASKED, "--store", sample_store, stdin=asked).out.splitlines())
    assert (first["error"]["code"], second["verdict"]) == ("question.json", "clear")


def test_a_form_nobody_knows_and_one_without_questions(run: Run, sample_store: str) -> None:
    """`--format` says how answers to what is on stdin are written, and is nothing else."""
    odd = run("check", "-", *ASKED, "--format", "yaml", "--store", sample_store)
    assert (odd.code, "question.format" in odd.err) == (2, True)
    alone = run("check", DEFAULTER, *ASKED, "--format", "xml", "--store", sample_store)
    assert (alone.code, "question.usage" in alone.err) == (2, True)
    assert run("check", "-", *ASKED, "--store", sample_store).out == ""
