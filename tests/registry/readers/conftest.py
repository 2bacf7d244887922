"""A small catalogue of lists, and files written as offices write them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Protocol

import pytest

from jointsanction.model.catalogue import (
    Basis,
    Catalog,
    DatedAlias,
    Forbidden,
    Group,
    GroupMember,
    Instrument,
    ListType,
)
from jointsanction.registry.readers.read import read_listings
from jointsanction.terms import Carries, Level, ListKind, SubjectKind, TextState

if TYPE_CHECKING:
    from pathlib import Path

    from jointsanction.registry.readers.mapping import FileMapping
    from jointsanction.registry.readers.report import ImportReport


def _basis(article: str | None = None) -> tuple[Basis, ...]:
    return (Basis(instrument="guobanfa-2020-49", article=article, carries=Carries.FOUNDS, text=TextState.VERIFIED),)


LISTS = (
    ListType(
        code="BL.SXBZXR",
        title="失信被执行人名单",
        kind=ListKind.INDEPENDENT,
        authority=("最高人民法院", "各级人民法院"),
        kinds=("unit", SubjectKind.PERSON),
        aliases=(DatedAlias(name="失信被执行人"),),
    ),
    ListType(
        code="BL.WAGE",
        title="拖欠农民工工资失信联合惩戒对象名单",
        kind=ListKind.BLACK,
        authority=("县级以上人力资源社会保障行政部门",),
        aliases=(
            DatedAlias(name="拖欠农民工工资“黑名单”", valid_to=date(2021, 12, 31)),
            DatedAlias(name="欠薪名单", valid_to=date(2021, 12, 31)),
        ),
    ),
    ListType(
        code="BL.NEW",
        title="新欠薪名单",
        kind=ListKind.BLACK,
        authority=("县级以上人力资源社会保障行政部门",),
        aliases=(DatedAlias(name="欠薪名单", valid_from=date(2022, 1, 1)),),
    ),
    ListType(
        code="RL.TAXA",
        title="纳税信用A级纳税人",
        kind=ListKind.RED,
        authority=("税务机关",),
        kinds=(SubjectKind.ENTERPRISE,),
    ),
    ListType(code="GR.DOG", title="不文明养犬记录", kind=ListKind.RECORD, authority=()),
)


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """Return a catalogue of five lists, one group and two behaviours that may not be recorded."""
    return Catalog(
        instruments={
            "guobanfa-2020-49": Instrument(
                id="guobanfa-2020-49",
                title="关于进一步完善失信约束制度构建诚信建设长效机制的指导意见",
                document_number="国办发〔2020〕49号",
                level=Level.CENTRAL_POLICY,
            ),
        },
        lists={kind.code: kind for kind in LISTS},
        groups={
            "JOINT": Group(
                code="JOINT", title="失信联合惩戒对象", members=(GroupMember(list="BL.WAGE", basis=_basis()),)
            ),
        },
        forbidden={
            "dogs": Forbidden(id="dogs", title="不文明养犬", words=("养犬",), basis=_basis()),
            "smoking": Forbidden(
                id="smoking",
                title="吸烟",
                words=("吸烟",),
                region="990000",
                basis=(*_basis("12"), Basis(instrument="unknown", carries=Carries.REFERS, text=TextState.RECALLED)),
            ),
        },
    )


class Import(Protocol):
    """Reads a text or bytes as a file of some name."""

    def __call__(
        self,
        content: str | bytes,
        *,
        name: str = "名单.csv",
        list_code: str | None = None,
        mapping: FileMapping | Path | None = None,
        sheet: str | None = None,
    ) -> ImportReport:
        """Return the report of the file."""


@pytest.fixture
def imported(catalog: Catalog, tmp_path: Path) -> Import:
    """Return a function that writes a file and reads it."""

    def read(
        content: str | bytes,
        *,
        name: str = "名单.csv",
        list_code: str | None = None,
        mapping: FileMapping | Path | None = None,
        sheet: str | None = None,
    ) -> ImportReport:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_listings(path, catalog, list_code=list_code, mapping=mapping, sheet=sheet)

    return read
