"""A cell of 法规政策依据 is split into instruments and places, and what can't be told is not made up."""

from __future__ import annotations

import pytest

from jointsanction.catalog.draft.citations import Document, read_citations
from jointsanction.catalog.draft.places import Places, UnreadableError


def places(text: str) -> list[tuple[str | None, int | None, str | None]]:
    """Return the places a cell cites of a made-up law."""
    cited = read_citations(f"《虚构法》{text}")
    assert cited.fault is None
    return [tuple(citation.place) for citation in cited.citations]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", [(None, None, None)]),
        ("第二十二条第一款第（五）项", [("22", 1, "5")]),
        ("第22条第1款第(5)项", [("22", 1, "5")]),
        ("第五十三条、第五十四条", [("53", None, None), ("54", None, None)]),
        ("第53、54条", [("53", None, None), ("54", None, None)]),
        ("第五十三条至第五十五条", [("53", None, None), ("54", None, None), ("55", None, None)]),
        ("第五十三至五十五条", [("53", None, None), ("54", None, None), ("55", None, None)]),
        ("第3条-第5条第二款", [("3", None, None), ("4", None, None), ("5", 2, None)]),
        ("第一条第一款、第三款", [("1", 1, None), ("1", 3, None)]),
        ("第一条第一款至第三款", [("1", 1, None), ("1", 2, None), ("1", 3, None)]),
        ("第一条第（一）、（三）项", [("1", None, "1"), ("1", None, "3")]),
        ("第一条第（一）至（三）项", [("1", None, "1"), ("1", None, "2"), ("1", None, "3")]),
        ("第一条第一款第一项、第三项、第二款第四项", [("1", 1, "1"), ("1", 1, "3"), ("1", 2, "4")]),
        ("第一条第二项和第二款", [("1", None, "2"), ("1", 2, None)]),
        ("第三百零七条之一", [("第307条之一", None, None)]),
        ("第三条之规定", [("3", None, None)]),
        ("第（九）条", [("（九）", None, None)]),
        ("第（9）条第二项", [("（九）", None, "2")]),
        ("第二部分第（三）项", [("二（三）", None, None)]),
        ("第二部分第（三）项、第（四）项", [("二（三）", None, None), ("二（四）", None, None)]),
        ("第二部分第（三）项第2项", [("二（三）", None, "2")]),
        ("第二部分第（三）条、第（四）条", [("二（三）", None, None), ("二（四）", None, None)]),
        ("第二部分、第三部分", [("二", None, None), ("三", None, None)]),
        ("第二部分第五条", [("二", None, None), ("5", None, None)]),
        ("第三款", [(None, 3, None)]),
        ("第（二）项", [(None, None, "2")]),
    ],
)
def test_places_are_split(text: str, wanted: list[tuple[str | None, int | None, str | None]]) -> None:
    """第X条第X款第X项 become article, paragraph and item; lists and ranges become one basis each."""
    assert places(text) == wanted


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        ("《甲法》第一条；《乙法》第二条。", [Document("甲法"), Document("乙法")]),
        ("1.《甲法》；2.《乙法》", [Document("甲法"), Document("乙法")]),
        ("《意见》（国发【2016】33号）第（九）条", [Document("意见", "国发〔2016〕33号")]),
        ("《意见》国发〔2016〕33号", [Document("意见", "国发〔2016〕33号")]),
        ("《甲法》（主席令第八十八号）（2014年修正）第九条", [Document("甲法", "主席令第88号", "2014年修正")]),
        ("《甲法》（2018）第一条", [Document("甲法", None, "2018")]),
        ("国办发（2020）49号第（九）条", [Document(None, "国办发〔2020〕49号")]),
        ("《甲法》和国发〔2016〕33号", [Document("甲法"), Document(None, "国发〔2016〕33号")]),
        ("《甲》（法〔2016〕1号）、法〔2016〕2号", [Document("甲", "法〔2016〕1号"), Document(None, "法〔2016〕2号")]),
        ("《关于印发《办法》的通知》（财库〔2016〕125号）", [Document("关于印发《办法》的通知", "财库〔2016〕125号")]),
        ("依据《甲法》以及国发〔2016〕33号", [Document("甲法"), Document(None, "国发〔2016〕33号")]),
        ("《关于甲和\n乙的通知》", [Document("关于甲和乙的通知")]),
    ],
)  # fmt: skip
def test_instruments_are_told_apart(text: str, documents: list[Document]) -> None:
    """A title stands in 《》, its number in any brackets beside it; a number alone is an instrument, too."""
    assert [citation.document for citation in read_citations(text).citations] == documents


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("《甲法》第一条等有关规定", ()),
        ("《甲法》第五章第十条第一项第2目", ("第五章", "第2目")),
        ("《甲法》第十条“不得从事”、第十一条", ("“不得从事”",)),
        ("《甲法》（以下简称本法）第十条（关于准入）", ("（以下简称本法）", "（关于准入）")),
        ("《甲法》第十条以外的情形", ("以外的情形",)),
        ("《甲法》第十条（", ("（",)),
    ],
)
def test_what_a_basis_has_no_field_for_is_kept(text: str, unread: tuple[str, ...]) -> None:
    """Words that say more than a place are shown to whoever fills the draft in."""
    cited = read_citations(text)
    assert (cited.fault, cited.unread) == (None, unread)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "没有《》括起的文件名称，也没有文号"),
        ("有关法律法规", "没有《》括起的文件名称，也没有文号"),
        ("《" * 2_000, "没有《》括起的文件名称，也没有文号"),
        ("《甲法", "没有《》括起的文件名称，也没有文号"),
        ("政府采购法第二十二条", "“第二十二条”"),
        ("《甲法》第一条；乙法实施条例第二条", "“第二条”"),
        ("《甲法》第二十百条", "“第二十百条”"),
        ("《甲法》第五条之十百", "“第五条之十百”"),
        ("《甲法》第五条至第三条", "“第三条”"),
        ("《甲法》第一条至第九百条", "“第九百条”"),
        ("《甲法》第一条至第三款", "“第三款”"),
        ("《甲法》至第三条", "“第三条”"),
    ],
)
def test_what_can_not_be_told_is_refused(text: str, words: str) -> None:
    """A place whose number or instrument is in doubt makes the whole cell unreadable: a wrong citation is worse."""
    cited = read_citations(text)
    assert cited.citations == ()
    assert cited.fault is not None
    assert words in cited.fault


def test_what_is_no_place_is_no_place() -> None:
    """A text that does not name a place is refused."""
    with pytest.raises(UnreadableError):
        Places().add("某条")
