"""All commands in one place (命令)."""

from typing import Final

import typer

from jointsanction.cli.catalog_commands import catalog_app
from jointsanction.cli.check_command import check
from jointsanction.cli.demo_command import demo
from jointsanction.cli.import_command import import_file
from jointsanction.cli.receipt_command import receipt_app
from jointsanction.cli.tender_command import tender


def make_app() -> typer.Typer:
    """Return all commands; plain help without boxes, for it is read in pipes and pages too."""
    app = typer.Typer(
        help="信用联合奖惩核查：这个主体、这个事项、这一天，适用哪些惩戒与激励措施，依据是什么，其余措施为何不适用。",
        epilog="退出码：0 已作答（无论结论），2 用法有误，3 数据有误，4 名单库不可用。先试：jointsanction demo",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.command("demo")(demo)
    app.command("import")(import_file)
    app.command("check")(check)
    app.command("tender")(tender)
    app.add_typer(catalog_app, name="catalog")
    app.add_typer(receipt_app, name="receipt")
    return app


APP: Final = make_app()
