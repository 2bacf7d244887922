"""Where messages go (推送路由): each receiver's transport with its settings, as an operator writes them in YAML."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from jointsanction.model.value import Many, Value


class KeptSecret(Value):
    """Where a secret is kept (密钥出处): an environment variable or a file; in the routes it never stands itself."""

    env: str | None = None
    file: str | None = None


class HttpRoute(Value):
    """A receiver that is called over HTTP (接口推送): signed with every secret, by every algorithm.

    `timeout` is how many seconds a call may take in all; `ca` a file of certificates to trust beside no others.
    """

    url: str
    secrets: tuple[KeptSecret, ...]
    algorithms: Many[Literal["sha256", "sm3"]] = ("sha256",)
    timeout: int = Field(default=10, gt=0, le=60)
    ca: str | None = None


class FileRoute(Value):
    """A receiver that takes files out of a folder (文件推送)."""

    folder: str


class TableRoute(Value):
    """A receiver that reads a table (库表推送): in the docket's own database, or in one whose address is kept apart."""

    database: KeptSecret | None = None


class PluginRoute(Value):
    """A receiver reached by a plugin (插件推送), such as one for a message broker; `settings` are the plugin's own."""

    name: str
    settings: dict[str, str] = Field(default_factory=dict)


class Receiver(Value):
    """How one receiver is reached (接收方): by exactly one transport."""

    http: HttpRoute | None = None
    file: FileRoute | None = None
    table: TableRoute | None = None
    plugin: PluginRoute | None = None
    note: str | None = None


class Routes(Value):
    """Where messages go (推送路由).

    `source` is the URI by which receivers know us. `hosts` are those that may be called, `host:port`, or
    `*.domain:port` for all below a domain, then with public addresses only. After so many `attempts` a message is
    given up.
    """

    source: str
    hosts: tuple[str, ...] = ()
    attempts: int = Field(default=12, gt=0, le=100)
    receivers: dict[str, Receiver]
