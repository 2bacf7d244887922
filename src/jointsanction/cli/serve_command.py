"""`jointsanction serve` (运行服务): the API and the console, until told to stop."""

from pathlib import Path
from typing import Annotated

import typer

from jointsanction.cli.options import Catalogues, StoreUrl


def serve(  # noqa: PLR0913 - what differs from one place to the next; all else is in the settings file
    *,
    settings: Annotated[
        Path | None, typer.Option("--settings", metavar="S.yaml", help="服务设置文件；命令行上写明的优先。")
    ] = None,
    store: StoreUrl = None,
    catalogue: Catalogues = None,
    host: Annotated[
        str | None, typer.Option("--host", metavar="ADDRESS", help="监听的地址；默认 127.0.0.1，只供本机访问。")
    ] = None,
    port: Annotated[int | None, typer.Option("--port", metavar="N", help="监听的端口；默认 8000。")] = None,
    workers: Annotated[int | None, typer.Option("--workers", metavar="N", help="进程数；默认 1。")] = None,
    snapshot: Annotated[
        bool, typer.Option("--snapshot", help="各进程共用名单库旁边的快照，并随导入更新；名单大时用。")
    ] = False,
) -> None:
    """Serve the API and the console (运行服务)."""
    from jointsanction.cli import serving  # noqa: PLC0415 - the web framework, only when it is asked

    said = {"store": store, "catalogues": catalogue, "host": host, "port": port, "workers": workers}
    serving.run_service(settings, {**said, "snapshot": snapshot or None})
