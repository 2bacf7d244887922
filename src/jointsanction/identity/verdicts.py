"""Deciding about a candidate (身份核实): whether a listing found by name or masked number is the subject's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.errors import SubjectError
from jointsanction.identity.identify import identify
from jointsanction.identity.keys import contradicts, own_keys
from jointsanction.identity.masks import stated
from jointsanction.identity.record_key import record_key
from jointsanction.model.identity_verdict import IdentityVerdict
from jointsanction.terms import IdentityOutcome, IdState

if TYPE_CHECKING:
    from datetime import date

    from jointsanction.model.subject import Listing, Subject


def make_verdict(  # noqa: PLR0913 - a verdict has as many parts, and each is asked for by name
    subject: Subject,
    listing: Listing,
    outcome: IdentityOutcome | str,
    *,
    author: str,
    reason: str,
    decided_on: date,
    expires_on: date | None = None,
) -> IdentityVerdict:
    """Return a verdict on a candidate (身份核实结论), which needs somebody who gave it and why.

    Raises:
        SubjectError: `verdict.no_number` when the subject is known by name alone; `verdict.exact` when the numbers are
            equal and nothing is to be decided; `verdict.contradicts` when two sound numbers differ;
            `verdict.incomplete` without author or reason; `verdict.expired` when it ends before it is given.
    """
    known = identify(subject)
    if known.state not in (IdState.OK, IdState.BAD_CHECK_DIGIT):
        message = "只有名称或脱敏号码的主体，不能记录身份核实结论。"
        raise SubjectError("verdict.no_number", message, "请给出主体的完整证件号码。")
    if set(known.keys) & set(own_keys(listing)):
        message = "该记录的证件号码与主体一致，不需要核实。"
        raise SubjectError("verdict.exact", message, "请核对批次和行号。")
    if contradicts(listing, known.keys):
        message = "该记录的证件号码与主体不同，是另一主体，不能作为候选。"
        raise SubjectError("verdict.contradicts", message, "请核对批次和行号；号码录入有误的，请先更正名单。")
    if not (stated(author) and stated(reason)):
        raise SubjectError("verdict.incomplete", "身份核实结论缺少核实人或理由。", "写明谁核实的、凭什么认定。")
    if expires_on is not None and expires_on < decided_on:
        raise SubjectError("verdict.expired", "有效期早于核实日期。", "请核对有效期。")
    return IdentityVerdict(
        subject=known.keys[0],
        record=record_key(listing),
        list=listing.list,
        outcome=IdentityOutcome(outcome),
        author=stated(author),
        reason=stated(reason),
        decided_on=decided_on,
        expires_on=expires_on,
    )
