"""Reading where messages go (推送路由文件): strict YAML, every fault with its line, and the secrets it names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from jointsanction.catalog.reading.typed import Reading
from jointsanction.catalog.reading.yaml_text import node_at, read_yaml
from jointsanction.errors import LoopError
from jointsanction.loop.pushing.transports.hosts import is_allowed, is_host
from jointsanction.model.routes import Routes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointsanction.catalog.reading.yaml_text import MapNode
    from jointsanction.model.routes import HttpRoute, KeptSecret, Receiver

TRANSPORTS: Final = ("http", "file", "table", "plugin")
_CODE: Final = "loop.routes"


def load_routes(path: Path) -> Routes:
    """Return what a file of routes says.

    Raises:
        LoopError: `loop.routes` with every problem, each with line and column; `loop.no_routes` without such a file.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        message = f"无法读取推送路由文件 {path}。"
        raise LoopError("loop.no_routes", message, "请核对路径和权限；写法见 docs/pushing.md。") from error
    return read_routes(raw, path.name)


def read_routes(raw: bytes, name: str) -> Routes:
    """Return what the bytes of a file of routes say.

    Raises:
        LoopError: `loop.routes`.
    """
    document, reading = read_yaml(raw, name), Reading(name)
    found = None if document.root is None else reading.read(document.root, Routes, {})
    if found is not None and document.root is not None:
        _look_over(found, document.root, reading)
    problems = [*document.problems, *reading.problems]
    if found is None or problems:
        raise LoopError(_CODE, "\n".join(map(str, sorted(problems))), "逐条改正推送路由文件后重试。")
    return found


def _look_over(routes: Routes, root: MapNode, reading: Reading) -> None:
    """Keep what is wrong with routes that are well written."""
    said = [*_of_us(routes)]
    for name, receiver in routes.receivers.items():
        at = ("receivers", name)
        said += [((*at, *path), message) for path, message in _of_receiver(receiver, routes)]
    for path, message in said:
        reading.fault(node_at(root, path)[0].place, _CODE, message)


def _of_us(routes: Routes) -> Iterator[tuple[tuple[int | str, ...], str]]:
    if not urlsplit(routes.source).scheme:
        yield ("source",), "source 应为完整的 URI，例如 https://credit.example.gov.cn/。"
    for place, host in enumerate(routes.hosts):
        if not is_host(host):
            yield ("hosts", place), f"'{host}' 应写成 主机:端口，例如 receiver.example.gov.cn:443。"


def _of_receiver(receiver: Receiver, routes: Routes) -> Iterator[tuple[tuple[int | str, ...], str]]:
    given = [name for name in TRANSPORTS if getattr(receiver, name) is not None]
    if len(given) != 1:
        yield (), f"接收方应写且只写一种推送方式：{'、'.join(TRANSPORTS)}。"
    if receiver.http is not None:
        yield from ((("http", *path), message) for path, message in _of_http(receiver.http, routes))
    if receiver.table is not None and receiver.table.database is not None and not _is_kept(receiver.table.database):
        yield ("table", "database"), _KEPT


def _of_http(route: HttpRoute, routes: Routes) -> Iterator[tuple[tuple[int | str, ...], str]]:
    url = urlsplit(route.url)
    if url.scheme not in {"http", "https"} or not url.hostname or url.username is not None or url.fragment:
        yield ("url",), "url 应为 https:// 或 http:// 开头的完整网址，不带用户名、密码和锚点。"
    elif is_allowed(*target_of(route.url), routes.hosts) is None:
        host, port = target_of(route.url)
        yield ("url",), f"{host}:{port} 不在允许的主机（hosts）中。"
    if not route.secrets or not route.algorithms:
        yield ("secrets",), "接口推送须签名：至少写一个密钥、一种算法。"
    for place, secret in enumerate(route.secrets):
        if not _is_kept(secret):
            yield ("secrets", place), _KEPT


_KEPT: Final = "密钥出处应写且只写一种：env 环境变量名，或者 file 文件路径。"


def _is_kept(secret: KeptSecret) -> bool:
    return (secret.env is None) is not (secret.file is None)


def target_of(url: str) -> tuple[str, int]:
    """Return the host and the port of a URL (主机和端口)."""
    split = urlsplit(url)
    try:
        port = split.port
    except ValueError:
        port = 0
    return (split.hostname or "").lower(), (443 if split.scheme == "https" else 80) if port is None else port


def secret_text(secret: KeptSecret) -> str:
    """Return what is kept where a secret is (取密钥).

    Raises:
        LoopError: `loop.no_secret`, naming the variable or the file.
    """
    if secret.env is not None:
        text = os.environ.get(secret.env, "")
    else:
        try:
            text = Path(str(secret.file)).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            text = ""
    if not text.strip():
        raise LoopError("loop.no_secret", f"没有读到密钥：{where_of(secret)}。", "请设置环境变量，或者核对文件和权限。")
    return text.strip()


def where_of(secret: KeptSecret) -> str:
    """Return where a secret is kept, in words."""
    return f"环境变量 {secret.env}" if secret.env is not None else f"文件 {secret.file}"
