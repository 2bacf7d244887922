"""The settings file of a service (服务设置文件), read as strictly as the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jointsanction.catalog.reading.typed import Reading
from jointsanction.catalog.reading.yaml_text import read_yaml
from jointsanction.errors import QuestionError
from jointsanction.model.serving import ServiceSettings

if TYPE_CHECKING:
    from pathlib import Path

_UNREAD: Final[dict[type[OSError], tuple[str, str]]] = {
    FileNotFoundError: ("没有这个文件", "请核对 --settings 写的路径；例子见仓库的 deploy/service.yaml。"),
    NotADirectoryError: ("没有这个文件", "请核对 --settings 写的路径；例子见仓库的 deploy/service.yaml。"),
    IsADirectoryError: ("这是文件夹，不是文件", "请写明文件夹里的哪一个文件。"),
    PermissionError: ("没有读取的权限", "请允许运行服务的用户读取这个文件。"),
}
"""Why a settings file can't be read, and what to do."""
_ELSE: Final = ("读取时出错", "请核对文件所在的磁盘，然后重新启动。")
_PATHS: Final = ("tls_certificate", "tls_key", "audit_key", "receivers")


def load_settings(path: Path) -> ServiceSettings:
    """Return what a settings file says; paths in it are taken from where the file lies (读取服务设置).

    Raises:
        QuestionError: `question.settings` with every problem, each with line and column.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        why, hint = next((said for kind, said in _UNREAD.items() if isinstance(error, kind)), _ELSE)
        raise QuestionError("question.settings", f"无法读取服务设置文件 {path}：{why}。", hint) from error
    document = read_yaml(raw, path.name)
    reading = Reading(path.name)
    found = None if document.root is None else reading.read(document.root, ServiceSettings, {})
    problems = [*document.problems, *reading.problems]
    if found is None or problems:
        raise _wrong("\n".join(map(str, sorted(problems))) or f"{path.name}：文件是空的。")
    return _placed(found, path.parent)


def _placed(found: ServiceSettings, folder: Path) -> ServiceSettings:
    placed = {name: str(folder / said) for name in _PATHS if (said := getattr(found, name)) is not None}
    roots = tuple(str(folder / root) for root in found.catalogues)
    return found.model_copy(update={**placed, "catalogues": roots})


def _wrong(message: str) -> QuestionError:
    return QuestionError("question.settings", message, "逐条改正服务设置文件后重新启动。")
