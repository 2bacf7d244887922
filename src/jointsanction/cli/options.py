"""The options that several commands share (共用选项)."""

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

Matter: TypeAlias = Annotated[
    str, typer.Option("--matter", metavar="M", help="事项代码或别名，例如 procurement、bidding。")
]
MatterIfGiven: TypeAlias = Annotated[
    str | None, typer.Option("--matter", metavar="M", help="事项代码或别名，例如 procurement、bidding。")
]
Kind: TypeAlias = Annotated[
    str | None, typer.Option("--kind", metavar="K", help="主体类别，例如 enterprise、person；号码有歧义时必填。")
]
AsOf: TypeAlias = Annotated[
    str | None, typer.Option("--as-of", metavar="D", help="核查基准日 YYYY-MM-DD；默认今天（北京时间）。")
]
KnownAt: TypeAlias = Annotated[
    str | None, typer.Option("--known-at", metavar="T", help="按该时刻已知的名单作答，例如 2024-06-10T09:00:00+08:00。")
]
PartPlayed: TypeAlias = Annotated[str | None, typer.Option("--role", metavar="R", help="办理角色；默认按事项。")]
Region: TypeAlias = Annotated[
    str | None, typer.Option("--region", metavar="C", help="办理机关所在地六位行政区划代码；不写只适用全国层面。")
]
Stage: TypeAlias = Annotated[
    str | None, typer.Option("--phase", metavar="P", help="环节 before、during 或 after；默认按事项。")
]
Statuses: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--status", metavar="S", help="只要登记状态为此的，例如 deregistered；不明写 unknown。可多次。"),
]
Traits: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--trait", metavar="T", help="项目特征，例如 mandatory-tender；排除写 not-…。可多次。"),
]
Fields: TypeAlias = Annotated[list[str] | None, typer.Option("--field", metavar="F", help="领域，例如 food。可多次。")]
NameAlone: TypeAlias = Annotated[str | None, typer.Option("--name", metavar="N", help="名称；仅有名称只能得到候选。")]
Size: TypeAlias = Annotated[str | None, typer.Option("--size", metavar="S", help="企业规模，例如 large、micro。")]
Occupations: TypeAlias = Annotated[
    list[str] | None, typer.Option("--occupation", metavar="O", help="本人的职业，例如 lawyer、teacher。可多次。")
]
RelatedTo: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--related", metavar="RELATION:ID", help="关联方，例如 legal-representative:号码。可多次。"),
]
Acts: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--act", metavar="TYPE:DATE[:key=value]", help="法律事实或决定；已查无写 TYPE:none。可多次。"),
]
CoverageAsked: TypeAlias = Annotated[
    str,
    typer.Option(
        "--coverage", metavar="strict|loaded", help="缺名单即不能确定（strict），或仅就已导入名单作答（loaded）。"
    ),
]
CaseDates: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--date", metavar="WHICH:DATE", help="办理时点，例如 notice:2024-05-06、evaluation:2024-06-10；可多次。"
    ),
]
Why: TypeAlias = Annotated[bool, typer.Option("--why", help="列出未适用的每项措施及原因。")]
AsJson: TypeAlias = Annotated[bool, typer.Option("--json", help="输出 JSON 文档，与接口返回一致。")]
StoreUrl: TypeAlias = Annotated[
    str | None, typer.Option("--store", metavar="URL", help="名单库，例如 sqlite:///credit.db；默认用户数据目录。")
]
Catalogues: TypeAlias = Annotated[
    list[Path] | None, typer.Option("--catalogue", metavar="DIR", help="叠加在随附目录之上的自有目录。可多次。")
]
