"""Which engine runs the rules (推导引擎的选择): ours, or the second one, which answers the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jointsanction.errors import InferenceError, MissingExtraError, veil
from jointsanction.inference.evaluate import run

if TYPE_CHECKING:
    from jointsanction.inference.facts import Infer

ENGINES: Final = ("own", "durable")
"""The names of the engines, the default first."""


def engine_of(name: str) -> Infer:
    """Return the engine of a name; each call of `durable` gives one that holds its own rules.

    Raises:
        InferenceError: `inference.unknown_engine`.
        MissingExtraError: `inference.no_durable` when the second engine is not installed, or can't be imported here.
    """
    if name not in ENGINES:
        code, message = "inference.unknown_engine", f"没有推导引擎“{veil(name)}”。"
        raise InferenceError(code, message, f"可用：{'、'.join(ENGINES)}。")
    if name == ENGINES[0]:
        return run
    try:
        from jointsanction.inference.durable import Durable  # noqa: PLC0415 - an extra
    except ImportError as error:
        code, message = "inference.no_durable", "没有安装第二推导引擎 durable_rules，或者它不能在本机导入。"
        raise MissingExtraError(
            code, message, "有 C 编译器和 Python 头文件时，运行 pip install 'jointsanction[durable]'。"
        ) from error
    return Durable().run
