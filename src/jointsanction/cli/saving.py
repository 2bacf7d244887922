"""Keeping an answer as a case (存为用例): checked to hold before a byte is written, and written whole or not at all."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from jointsanction.cli.new_files import replace_file
from jointsanction.errors import CatalogError, QuestionError
from jointsanction.steps.asking.ask import read_subject
from jointsanction.testing.case_text import appended
from jointsanction.testing.cases import parse_cases, run_case
from jointsanction.testing.saved import saved_case

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from jointsanction.engine import Engine
    from jointsanction.model.result import CheckResult


def save_case(path: Path, words: Mapping[str, Any], result: CheckResult, engine: Engine) -> None:
    """Add an answer to a file of cases, and say on stderr what was made up (存为用例).

    Raises:
        QuestionError: `question.not_a_case_file`, `question.case_differs`, `question.output`.
    """
    subject = read_subject(words["subject"], words.get("kind"))
    case = saved_case(result, subject, tables=engine.tables, registry=engine.registry)
    try:
        raw = path.read_bytes() if path.exists() else None
        text, name = appended(raw, case, str(path))
    except OSError as error:
        raise _unwritable(path) from error
    except CatalogError as error:
        message = f"{path} 读不了，不能往里添加用例：\n{error.message}"
        raise QuestionError("question.not_a_case_file", message, "请先改正，或换一个文件名。") from error
    faults = run_case(parse_cases(text.encode(), str(path))[-1], engine.tables)
    if faults:
        message = f"换成虚构主体以后结论不同，没有存：{'；'.join(faults)}。"
        raise QuestionError("question.case_differs", message, "请照结果手写用例。")
    replace_file(path, text)
    sys.stderr.write(f"已存为用例：{path}“{name}”。号码（区划 990000）、名称、文号都是编的，日期照旧。\n")


def _unwritable(path: Path) -> QuestionError:
    return QuestionError("question.output", f"无法写入 {path}。", "请核对路径和权限。")
