"""Drawing whom to inspect (双随机抽取): everybody is checked, weighed and given a ticket; the record says it all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from jointsanction.cli.checking import open_engine, write_document
from jointsanction.cli.roll import read_inspectors, read_roll
from jointsanction.cli.screen import show
from jointsanction.identity.masks import mask_id, mask_name
from jointsanction.receipt import digest
from jointsanction.sampling import ALGORITHM, draw, inspectors_for, sampling_weight, shown, weights_with
from jointsanction.telling.page import Block, Grid, Headline, Line
from jointsanction.terms import SubjectKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from jointsanction.engine import Engine
    from jointsanction.model.result import CheckResult
    from jointsanction.model.subject import Subject
    from jointsanction.sampling import Lot, Weight
    from jointsanction.telling.page import Part

__all__ = ["Wanted", "draw_lots", "open_engine"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be drawn, from whom, and by what (抽取要求)."""

    file: Path
    seed: str
    count: int
    weights: tuple[str, ...] = ()
    inspectors: Path | None = None
    each: int = 2


class _Drawn(NamedTuple):
    """A draw with all it rests on (抽取及其根据)."""

    roll: Mapping[str, Subject]
    answers: Mapping[str, CheckResult]
    weighed: Mapping[str, Weight]
    lots: tuple[Lot, ...]
    teams: Mapping[str, tuple[str, ...]]


def draw_lots(wanted: Wanted, words: dict[str, Any], engine: Engine, *, as_json: bool) -> None:
    """Draw from a roll and write the record of it (双随机抽取记录).

    Raises:
        RegistryError: a roll that can't be read.
        QuestionError: `question.weight`, `question.seed`, `question.count`, `question.inspectors`.
    """
    drawn = _draw(wanted, words, engine)
    record = _record(wanted, drawn)
    if as_json:
        write_document(record)
    else:
        show(_page(record, drawn))


def _draw(wanted: Wanted, words: dict[str, Any], engine: Engine) -> _Drawn:
    roll, inspectors, weights = read_roll(wanted.file), read_inspectors(wanted.inspectors), weights_with(wanted.weights)
    answers = {key: engine.check_subject(subject, **words) for key, subject in roll.items()}
    weighed = {key: sampling_weight(answer, weights) for key, answer in answers.items()}
    lots = draw({key: weight.value for key, weight in weighed.items()}, seed=wanted.seed, count=wanted.count)
    teams = {
        lot.id: inspectors_for(lot.id, inspectors, seed=wanted.seed, each=wanted.each)
        for lot in lots
        if lot.drawn and inspectors
    }
    return _Drawn(roll, answers, weighed, lots, teams)


def _record(wanted: Wanted, drawn: _Drawn) -> dict[str, Any]:
    """Return the record of a draw; its digest stands for all of it but the names."""
    first = next(iter(drawn.answers.values())).model_dump()
    weights = {name: str(weight) for name, weight in weights_with(wanted.weights).items()}
    record = {
        "algorithm": ALGORITHM,
        "seed": wanted.seed,
        "count": wanted.count,
        "matter": first["question"]["matter"],
        "as_of": first["question"]["as_of"],
        **{key: first["question"][key] for key in ("known_at", "region", "fields", "coverage")},
        "each": wanted.each if wanted.inspectors else None,
        "weights": weights,
        "versions": first["versions"],
        "lots": [_lot(lot, drawn) for lot in drawn.lots],
    }
    return {**record, "digest": digest(record)}


def _lot(lot: Lot, drawn: _Drawn) -> dict[str, Any]:
    return {
        "id": lot.id,
        "weight": str(lot.weight),
        "because": list(drawn.weighed[lot.id].because),
        "ticket": shown(lot.ticket),
        "drawn": lot.drawn,
        "inspectors": list(drawn.teams.get(lot.id, ())),
        "complete": drawn.answers[lot.id].complete,
        "receipt": drawn.answers[lot.id].receipt,
    }


def _page(record: dict[str, Any], drawn: _Drawn) -> Iterator[Part]:
    yield Headline(f"从 {len(drawn.lots)} 个检查对象中抽取 {record['count']} 个。")
    taken = [lot for lot in record["lots"] if lot["drawn"]]
    rows = tuple(_row(number, lot, drawn) for number, lot in enumerate(taken, 1))
    yield Grid("抽取结果", ("序号", "名称", "号码", "权重", "签值", "执法检查人员"), rows)
    doubtful = sum(not lot["complete"] for lot in record["lots"])
    lines = [
        Line("算法", f"{record['algorithm']}，种子“{record['seed']}”"),
        Line("事项", f"{record['matter']}，基准日 {record['as_of']}"),
        Line("目录版本", record["versions"]["catalogue"]),
        Line("名单库版本", record["versions"]["registry"]),
        Line("没有查清的主体", f"{doubtful} 个（存疑不降低权重）"),
        Line("记录摘要", record["digest"]),
    ]
    yield Block("抽取记录", tuple(lines))


def _row(number: int, lot: dict[str, Any], drawn: _Drawn) -> tuple[str, ...]:
    because = f"（{'、'.join(lot['because'])}）" if lot["because"] else ""
    return (
        str(number),
        _name(drawn.roll[lot["id"]].name, drawn.answers[lot["id"]].subject.kind),
        mask_id(lot["id"]),
        f"{lot['weight']}{because}",
        str(lot["ticket"]),
        "、".join(lot["inspectors"]) or "未选派",
    )


def _name(name: str | None, kind: SubjectKind | None) -> str:
    """Return a name as it may be posted: a natural person's is masked."""
    if name is None:
        return "（未给名称）"
    return mask_name(name) if kind is SubjectKind.PERSON else name
