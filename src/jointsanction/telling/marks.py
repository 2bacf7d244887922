"""The shape that goes with each verdict (结论标志): nobody has to tell colours apart to read one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jointsanction.terms import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

MARKS: Final[Mapping[Verdict, str]] = {
    Verdict.PROHIBITED: "■",
    Verdict.RESTRICTED: "▲",
    Verdict.INDETERMINATE: "？",
    Verdict.ATTENTION: "◆",
    Verdict.FAVOURED: "★",
    Verdict.CLEAR: "○",
}
