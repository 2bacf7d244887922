"""Running the service from the command line (运行服务)."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from jointsanction.errors import QuestionError
from jointsanction.home import default_store
from jointsanction.model.serving import ServiceSettings
from jointsanction.web import installed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def run_service(file: Path | None, said: Mapping[str, Any]) -> None:
    """Serve as the file says, and first of all as the command line does, until told to stop.

    Raises:
        MissingExtraError: `web.not_installed`.
        QuestionError: `question.settings`.
        RegistryError: lists or docket can't be opened.
    """
    with installed():
        from jointsanction.web import serving  # noqa: PLC0415 - an extra
        from jointsanction.web.settings import load_settings  # noqa: PLC0415 - with YAML
    settings = _together(ServiceSettings() if file is None else load_settings(file), said)
    if not serving.prepare(settings):
        named = "" if settings.store is None else " --store …"
        sys.stderr.write(
            "还没有任何账户，谁都不能使用本服务。新增一个（服务不必停）：\n"
            f"  jointsanction account add NAME --unit 单位 --role window --by 经办人{named}\n"
        )
    sys.stderr.write(f"名单库 {_shown(settings)}；按 Ctrl-C 停止。\n")
    serving.serve(settings)


def _together(settings: ServiceSettings, said: Mapping[str, Any]) -> ServiceSettings:
    given = {name: value for name, value in said.items() if value is not None}
    if "catalogues" in given:
        given["catalogues"] = [str(root) for root in given["catalogues"]]
    try:
        return ServiceSettings.model_validate({**settings.model_dump(), **given})
    except ValidationError as error:
        wrong = "、".join(f"--{fault['loc'][0]}" if fault["loc"] else str(fault["msg"]) for fault in error.errors())
        raise QuestionError(
            "question.settings", f"参数的值有误：{wrong}。", "见 jointsanction serve --help。"
        ) from error


def _shown(settings: ServiceSettings) -> str:
    from jointsanction.store import Store  # noqa: PLC0415 - the store, only when it is asked

    return Store.open(settings.store or default_store(), create=False).address
