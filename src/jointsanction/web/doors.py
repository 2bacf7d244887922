"""Further doors (其他接入方式): routers of plugins, opened by name in the settings, beside those that come along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.errors import QuestionError
from jointsanction.plugins import plugin_manager
from jointsanction.web.legacy import legacy_router

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fastapi import APIRouter

    from jointsanction.web.hosted import Hosted


def known_doors() -> dict[str, Callable[[Hosted], APIRouter]]:
    """Return what makes each further door, by its name (可用的接入方式)."""
    doors: dict[str, Callable[[Hosted], APIRouter]] = {"legacy": legacy_router}
    for brought in plugin_manager().hook.jointsanction_routers():
        doors.update(brought)
    return doors


def further_doors(hosted: Hosted) -> Iterator[APIRouter]:
    """Yield the further doors that the settings open.

    Raises:
        QuestionError: `question.adapter` for one that nobody brings.
    """
    doors = known_doors()
    for name in hosted.settings.adapters:
        if name not in doors:
            message = f"服务设置中的 adapters 写有未知的接入方式“{name}”。"
            raise QuestionError("question.adapter", message, f"可用：{'、'.join(sorted(doors))}。")
        yield doors[name](hosted)
