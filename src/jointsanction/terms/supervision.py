"""Words for graded supervision (信用分级分类监管)."""

from __future__ import annotations

from jointsanction.terms.term import Term


class SupervisionTier(Term):
    """How closely a subject is looked after (监管类别), mildest first: of several the strictest holds."""

    RELAXED = "relaxed", "降低抽查比例和频次"
    ROUTINE = "routine", "按常规比例和频次抽查"
    TIGHTENED = "tightened", "提高抽查比例和频次"
    KEY = "key", "重点监管"


class Manner(Term):
    """In what way it is inspected (检查方式)."""

    EXEMPT = "exempt", "除投诉举报、专项部署外免于检查"
    DOCUMENTARY = "documentary", "书面检查"
    OFF_SITE = "off-site", "非现场检查"
    ON_SITE = "on-site", "现场检查"
