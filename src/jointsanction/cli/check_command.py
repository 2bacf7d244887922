"""`jointsanction check` (一键核查): one subject from the arguments, or the questions on stdin."""

from pathlib import Path
from typing import Annotated, Final

import typer

from jointsanction.cli.options import AsJson, Catalogues, MatterIfGiven, StoreUrl
from jointsanction.cli.question_options import QuestionOptions, takes_question
from jointsanction.errors import QuestionError

STDIN: Final = "-"
"""What stands for the questions on stdin."""

_CASES: Final = ".test.yaml"


@takes_question
def check(  # noqa: PLR0913 - the command of the contract
    identifier: Annotated[
        str | None,
        typer.Argument(metavar="ID", help="证件号码；写 - 则从标准输入读取问题：逐行的 JSON，或者一份 JSON、XML。"),
    ] = None,
    *,
    matter: MatterIfGiven = None,
    question: QuestionOptions,
    save_case: Annotated[
        Path | None,
        typer.Option("--save-case", metavar="FILE", help="把这次核查存为用例，添在 *.test.yaml 之末；主体换成虚构的。"),
    ] = None,
    form: Annotated[
        str | None,
        typer.Option("--format", metavar="lines|json|xml", help="与 - 同用：答案写成什么；默认与问题相同。"),
    ] = None,
    as_json: AsJson = False,
    store: StoreUrl = None,
    catalogue: Catalogues = None,
) -> None:
    """Answer one question from the arguments, or those on stdin (一键核查)."""
    if save_case is not None:
        _refuse_unsavable(save_case, identifier, question.known_at)
    from jointsanction.cli import checking  # noqa: PLC0415 - the engine, only when it is asked

    if identifier == STDIN:
        words = {**question.words(), "matter": matter}
        checking.answer_stream(words, checking.open_engine(store, catalogue), checking.read_form(form))
        return
    if form is not None:
        raise QuestionError("question.usage", "--format 只与 - 同用。", "一个主体的答案要 JSON 的，写 --json。")
    asked = question.about(identifier)
    if matter is None:
        raise QuestionError("question.usage", "缺少选项 --matter：要核查的事项。", "例如 --matter procurement。")
    engine = checking.open_engine(store, catalogue)
    checking.answer_one({**asked, "matter": matter}, engine, as_json=as_json, save_case=save_case)


def _refuse_unsavable(path: Path, identifier: str | None, known_at: str | None) -> None:
    """Refuse what can't be kept as a case, before anything is asked."""
    if not path.name.endswith(_CASES):
        message = f"用例文件名应以 {_CASES} 结尾，不是“{path.name}”。"
        raise QuestionError("question.case_file", message, f"例如 --save-case cases{_CASES}。")
    if identifier == STDIN or known_at is not None:
        message = "--save-case 只存一次按现有名单作的核查，不能与 - 或 --known-at 同用。"
        raise QuestionError("question.usage", message, "去掉其中一个。")
