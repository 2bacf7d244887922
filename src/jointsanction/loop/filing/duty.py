"""The duty to check (逢办必查): a matter goes on only on a receipt that is sound, fresh, and of this subject."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from jointsanction.asking import StoredQuestion
from jointsanction.catalog.bundle import catalog_version
from jointsanction.catalog.compile import compile_catalog
from jointsanction.engine import open_catalog, shanghai_now
from jointsanction.errors import ReceiptError
from jointsanction.identity.identify import identify
from jointsanction.model.filed import FiledCheck
from jointsanction.receipt import verify
from jointsanction.steps.asking.ask import read_subject
from jointsanction.steps.asking.days import SHANGHAI, read_instant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jointsanction.catalog.compile import Tables
    from jointsanction.model.subject import Subject
    from jointsanction.store import Store


def require_check(  # noqa: PLR0913 - the public gate
    receipt: Mapping[str, Any] | FiledCheck | None,
    matter: str,
    max_age: timedelta,
    *,
    subject: Subject | str | None = None,
    now: datetime | None = None,
    tables: Tables | None = None,
) -> Mapping[str, Any]:
    """Return the answer about a subject in a matter, when there is one that may be relied on (核查凭证门槛).

    `receipt` is what `check --json` or `tender --json` printed, or a check that was filed; of a tender that about the
    subject is taken. A check of a matter holds for those below it. What a document says of when it was checked is not
    under its receipt; when a check was filed, the docket says. The day asked about may be no older than `max_age`
    either, and no later than the day of `now`: whoever asks about another day learns nothing of this one.

    Raises:
        ReceiptError: `receipt.missing`, `receipt.altered`, `receipt.other_matter`, `receipt.other_subject`,
            `receipt.stale`, `receipt.other_day`.
        UnknownMatterError: a matter in no catalogue.
        QuestionError: `question.naive_instant` for a `now` without a time zone.
    """
    instant = shanghai_now() if now is None else read_instant(now, "办理时刻")
    document = _sound(receipt)
    checked = tables or _shipped()
    wanted = checked.resolve_matter(matter).code
    parts = [document] if "results" not in document else list(document["results"])
    fit = [part for part in parts if _is_about(part, subject)]
    if not fit:
        message = "凭证是另一主体的。"
        raise ReceiptError("receipt.other_subject", message, "请对本次办理的主体重新核查。")
    for part in fit:
        if part["question"]["matter"] not in checked.enclosing[wanted]:
            message = "凭证是另一事项的。"
            raise ReceiptError("receipt.other_matter", message, "请就本次办理的事项重新核查。")
        at = receipt.recorded_at if isinstance(receipt, FiledCheck) else _checked_at(part)
        if not instant - max_age <= at <= instant:
            message = "凭证已过期，或者注明的核查时间晚于办理时刻。"
            raise ReceiptError("receipt.stale", message, "请在办理前重新核查。")
        if not _day(instant - max_age) <= _day_asked(part) <= _day(instant):
            message = f"凭证查的是 {part['question']['as_of']} 这一天，离办理日期太远，或者晚于办理日期。"
            raise ReceiptError("receipt.other_day", message, "请以办理当日为核查基准日重新核查。")
    return fit[0]


def require_known(answer: Mapping[str, Any], lists: Store, since: datetime) -> None:
    """Refuse an answer from lists older than those known at an instant (名单时点).

    Nothing that was taken in before may have been left out; that no batch came since then is nobody's fault.

    Raises:
        ReceiptError: `receipt.old_lists`.
        RegistryError: `registry.unreachable`.
    """
    said = answer["question"]["known_at"]
    known = None if said is None else datetime.fromisoformat(said)
    if known is not None and known >= since:
        return
    newest = lists.registry_at(since).known_at
    if newest is not None and (known is None or known < newest):
        message = "凭证所依的名单时点太早：其后导入的名单没有查。"
        raise ReceiptError("receipt.old_lists", message, "请不写名单时点（known_at），按最新的名单重新核查。")


def _sound(receipt: Mapping[str, Any] | FiledCheck | None) -> dict[str, Any]:
    if receipt is None:
        message = "没有核查凭证。"
        raise ReceiptError("receipt.missing", message, "依规定应先核查，再办理。")
    document = dict(receipt.document if isinstance(receipt, FiledCheck) else receipt)
    try:
        verify(document)
        _ = [(part["question"]["matter"], _day_asked(part)) for part in document.get("results", (document,))]
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        message = "内容不完整，不是核查结果。"
        raise ReceiptError("receipt.missing", message, "请提供 check --json 的完整输出。") from error
    return document


def _is_about(document: Mapping[str, Any], subject: Subject | str | None) -> bool:
    """Tell whether an answer is about a subject, by number; a name alone is nobody's."""
    if subject is None:
        return True
    asked = StoredQuestion.of(document).subject
    given = read_subject(subject, None if asked.kind is None else asked.kind.value)
    return not set(identify(asked).keys).isdisjoint(identify(given).keys)


def _checked_at(document: Mapping[str, Any]) -> datetime:
    try:
        at = datetime.fromisoformat(document["checked_at"])
    except (KeyError, TypeError, ValueError) as error:
        message = "凭证没有写明核查时间。"
        raise ReceiptError("receipt.missing", message, "请提供 check --json 的完整输出。") from error
    return read_instant(at, "核查时间")


def _day_asked(document: Mapping[str, Any]) -> date:
    return date.fromisoformat(document["question"]["as_of"])


def _day(instant: datetime) -> date:
    return instant.astimezone(SHANGHAI).date()


@cache
def _shipped() -> Tables:
    catalog = open_catalog()
    return compile_catalog(catalog, catalog_version(catalog))
