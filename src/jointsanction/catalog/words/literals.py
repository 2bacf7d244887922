"""What a word of the authors' files means that belongs to no vocabulary (取值说明)."""

from __future__ import annotations

from typing import Final

WORD_WORDS: Final = {
    "act": "行为时",
    "active": "在用",
    "as": "记下这个值，起个名字",
    "asking": "核查时",
    "corrected": "自改正之日起算",
    "differs": "与记下的值不同",
    "eq": "等于",
    "gte": "不小于",
    "in": "是其中之一",
    "known": "是否知道",
    "listed": "自列入之日起算",
    "lte": "不大于",
    "national": "全国",
    "ne": "不等于",
    "none": "没有监管要求",
    "not-in": "不是其中任何一个",
    "retired": "已停用",
    "same": "与记下的值相同",
    "sha256": "HMAC-SHA256 签名",
    "sm3": "HMAC-SM3 签名（国密）",
    "unit": "单位（自然人以外的主体）",
    "unknown": "不能确定",
    "within": "在其范围之内",
}
"""One short phrase a word; the same word means the same everywhere."""
