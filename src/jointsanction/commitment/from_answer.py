"""A commitment out of an answer (凭核查结果承诺): what an incentive grants on a written promise, with its due date."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from jointsanction.commitment.making import make_commitment
from jointsanction.errors import QuestionError
from jointsanction.terms import CommitmentType, Condition, Degree, Effect

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from jointsanction.model.commitment import Commitment
    from jointsanction.model.subject import Subject


def commitment_from(
    document: Mapping[str, Any], subject: Subject, *, measure: str | None, made_on: date, said: Mapping[str, Any]
) -> Commitment:
    """Return the commitment that goes with an incentive of an answer (附义务的激励).

    `document` is a verified answer, `subject` whom it is about. Of several incentives `measure` says which. `said` are
    words that stand in place of those of the answer: type, content, due, public, authority.

    Raises:
        QuestionError: `question.nothing_promised` when no incentive of the answer asks for a promise;
            `question.which_incentive` when several do; `question.no_due` when neither says until when;
            `question.another_day` when the answer is not of the day of the promise: an incentive then may be none now.
        SubjectError: what `make_commitment` raises.
    """
    finding = _chosen(tuple(_on_a_promise(document)), measure)
    as_of = document["question"]["as_of"]
    if as_of != made_on.isoformat():
        message = f"核查基准日是 {as_of}，不是作出承诺之日 {made_on}。"
        raise QuestionError("question.another_day", message, "以作出承诺之日为基准日重新核查，再凭那份结果登记。")
    grants, own = finding["grants"], {key: value for key, value in said.items() if value is not None}
    due = own.pop("due", None) or _due(grants, made_on)
    if due is None:
        message = f"措施 {finding['measure']} 没有写明几日内履行。"
        raise QuestionError("question.no_due", message, "用 --due 写明履约期限。")
    kind = own.pop("type", None) or _kind(finding)
    return make_commitment(
        subject,
        kind,
        content=own.pop("content", None) or _content(finding),
        made_on=made_on,
        matter=document["question"]["matter"],
        due=due,
        source=f"核查凭证 {document['receipt']}",
        measure=finding["measure"],
        **own,
    )


def _on_a_promise(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the incentives of an answer that are granted against a written promise."""
    for finding in document["findings"]:
        grants = finding["grants"]
        if not finding["applies"] or finding["effect"] != Effect.INCENTIVE or grants is None:
            continue
        asked = any(condition["condition"] == Condition.COMMITMENT for condition in grants["conditions"])
        if asked or grants["deferrable"] or grants.get("obligation"):
            yield finding


def _chosen(found: tuple[dict[str, Any], ...], measure: str | None) -> dict[str, Any]:
    wanted = [finding for finding in found if measure in (None, finding["measure"])]
    if not wanted:
        message = "核查结果中没有以书面承诺为条件、适用于该主体的激励措施。"
        raise QuestionError("question.nothing_promised", message, "请核对结果文件；不附激励的承诺直接写明类型和内容。")
    names = list(dict.fromkeys(finding["measure"] for finding in wanted))
    if len(names) > 1:
        message = f"核查结果中有 {len(names)} 项激励以书面承诺为条件。"
        raise QuestionError("question.which_incentive", message, f"用 --measure 写明是哪一项：{'、'.join(names)}。")
    return wanted[0]


def _due(grants: Mapping[str, Any], made_on: date) -> date | None:
    """期间开始的当日不计入 (民法典第二百零一条)."""
    obligation = grants.get("obligation")
    return None if obligation is None else made_on + timedelta(days=obligation["within_days"])


def _kind(finding: Mapping[str, Any]) -> CommitmentType:
    deferred = finding["degree"] == Degree.DEFER_DOCUMENTS
    return CommitmentType.DEFERRED_DOCUMENTS if deferred else CommitmentType.APPROVAL


def _content(finding: Mapping[str, Any]) -> str:
    deferrable = finding["grants"]["deferrable"]
    return f"按期补齐：{'、'.join(deferrable)}" if deferrable else f"{finding['title']}：按书面承诺履行"
