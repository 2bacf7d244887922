"""All commands in one place (命令)."""

from typing import Final

import typer

from jointsanction.cli.account_command import account_app
from jointsanction.cli.audit_command import audit_app
from jointsanction.cli.catalog_commands import catalog_app
from jointsanction.cli.check_command import check
from jointsanction.cli.commitment_command import commitment_app
from jointsanction.cli.deadline_command import deadline
from jointsanction.cli.demo_command import demo
from jointsanction.cli.draw_command import draw
from jointsanction.cli.export_command import export
from jointsanction.cli.ftm_command import ftm_app
from jointsanction.cli.grades_command import grades
from jointsanction.cli.identity_command import identity_app
from jointsanction.cli.import_command import import_file
from jointsanction.cli.initiation_command import initiation_app
from jointsanction.cli.lists_command import lists_app
from jointsanction.cli.loop_command import loop_app
from jointsanction.cli.notice_command import notice_app
from jointsanction.cli.objection_command import objection_app
from jointsanction.cli.outbox_command import outbox_app
from jointsanction.cli.reassess_command import reassess
from jointsanction.cli.receipt_command import receipt_app
from jointsanction.cli.relations_command import relations
from jointsanction.cli.repair_command import repair_app
from jointsanction.cli.report_command import report
from jointsanction.cli.screen_command import screen
from jointsanction.cli.serve_command import serve
from jointsanction.cli.snapshot_command import snapshot_app
from jointsanction.cli.store_command import store_app
from jointsanction.cli.tender_command import tender
from jointsanction.cli.watch_command import watch_app

_GROUPS: Final = {
    "catalog": catalog_app,
    "receipt": receipt_app,
    "ftm": ftm_app,
    "identity": identity_app,
    "lists": lists_app,
    "commitment": commitment_app,
    "repair": repair_app,
    "objection": objection_app,
    "watch": watch_app,
    "loop": loop_app,
    "initiation": initiation_app,
    "notice": notice_app,
    "outbox": outbox_app,
    "audit": audit_app,
    "store": store_app,
    "snapshot": snapshot_app,
    "account": account_app,
}
"""Groups of commands, in the order in which help shows them."""

HELP_NOT_ASKED: Final = {"help": False, **{name: {"help": False} for name in _GROUPS}}
"""What `--help` of a group is worth when it was not typed: without it, typer loads pydantic to learn that None is."""


def make_app() -> typer.Typer:
    """Return all commands; plain help without boxes, for it is read in pipes and pages too."""
    app = typer.Typer(
        help="信用联合奖惩核查：这个主体、这个事项、这一天，适用哪些惩戒与激励措施，依据是什么，其余措施为何不适用。",
        epilog="退出码：0 已作答（无论结论），2 用法有误，3 数据有误，4 名单库不可用。先试：jointsanction demo",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "default_map": HELP_NOT_ASKED},
    )
    _add_commands(app)
    for name, group in _GROUPS.items():
        app.add_typer(group, name=name)
    return app


def _add_commands(app: typer.Typer) -> None:
    app.command(
        "demo",
        help="用随附的虚构名单走一遍：导入名单，核查一次政府采购的全部供应商，显示结论、措施、依据、处置与原因。",
    )(demo)
    app.command(
        "import", help="导入名单文件：识别格式、解码、认表头、逐行校验、比对变动、写入；任何一行有误则全部不写。"
    )(import_file)
    app.command("check", help="核查一个主体在一个事项中适用哪些惩戒与激励措施，依据是什么，其余措施为何不适用。")(check)
    app.command("tender", help="核查一次交易的全部投标人（供应商）；其余选项对每一家都适用。")(tender)
    app.command("screen", help="批量核查名册中的每一个主体，把结论、措施、名单写在各行旁边，其余原样不动。")(screen)
    app.command("draw", help="双随机抽取：按信用加权抽取检查对象，随机选派执法检查人员；同一种子可以原样重做。")(draw)
    app.command("relations", help="关联度分析：名单载明的关联主体，按层数列出路径；只供分析。")(relations)
    app.command("grades", help="输出主体的信用等级和监管类别，连同所依目录、名单库的版本，供归集共享。")(grades)
    app.command(
        "export", help="上报、共享：导出自某一批次以后的变动或现有全部，按接收方的表头、格式，依名单的公开属性。"
    )(export)
    app.command("report", help="出具一页的核查报告（PDF/A）：编号、查询时间、数据截止、已查名单、依据、凭证、验证码。")(
        report
    )
    app.command("deadline", help="期限计算：几个工作日或者几日的最后一日，是否逾期；放假安排由日历文件给出。")(deadline)
    app.command("reassess", help="重评：名单变动使哪些主体新受限、解除限制或者答案有变，因何而变，牵涉哪些在办事项。")(
        reassess
    )
    app.command("serve", help="运行服务：HTTP 接口和控制台；名单和目录更新后自动换用，不必重启。")(serve)


APP: Final = make_app()
