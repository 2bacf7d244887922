"""The settings file of a service (服务设置文件), read as strictly as the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jointsanction.catalog.reading.typed import Reading
from jointsanction.catalog.reading.yaml_text import read_yaml
from jointsanction.errors import QuestionError
from jointsanction.model.serving import ServiceSettings

if TYPE_CHECKING:
    from pathlib import Path

_PATHS: Final = ("tls_certificate", "tls_key", "audit_key", "receivers")


def load_settings(path: Path) -> ServiceSettings:
    """Return what a settings file says; paths in it are taken from where the file lies (读取服务设置).

    Raises:
        QuestionError: `question.settings` with every problem, each with line and column.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise _wrong(f"无法读取服务设置文件 {path}：{error.strerror}。") from error
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
