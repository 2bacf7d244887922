"""What reading a file found."""

from __future__ import annotations

from jointsanction.model.subject import Listing
from jointsanction.registry.readers.report import ImportReport, RowProblem

ERROR = RowProblem(17, "listed_on", "date.incomplete", "日期不完整。")
WARNING = RowProblem(18, "uscc", "id.masked", "号码已脱敏。", "warning")


def report(*problems: RowProblem, refused: int = 0) -> ImportReport:
    """Return the report of a file of two good rows and some refused ones."""
    return ImportReport(
        path="名单.csv",
        sha256="sha256:0",
        encoding="UTF-8",
        format="csv",
        rows=2 + refused,
        listings=(Listing(list="BL.TAX"), Listing(list="BL.TAX")),
        problems=problems,
    )


def test_a_problem_says_row_column_and_reason() -> None:
    """A line of the report tells an officer where to look and what to do."""
    assert str(ERROR) == "错误 第 17 行 列入日期：日期不完整。（date.incomplete）"
    assert str(WARNING) == "提示 第 18 行 统一社会信用代码：号码已脱敏。（id.masked）"


def test_nothing_is_half_applied() -> None:
    """A file with a refused row goes on only when somebody says that the rest may."""
    faulty = report(ERROR, WARNING, refused=1)
    assert (faulty.errors, faulty.warnings, faulty.rejected) == ((ERROR,), (WARNING,), 1)
    assert not faulty.acceptable(partial=False)
    assert faulty.acceptable(partial=True)
    assert report(WARNING).acceptable(partial=False)


def test_the_outcome_is_one_sentence() -> None:
    """Counts first, rows after."""
    assert report(ERROR, WARNING, refused=1).summary() == "共 3 行：可导入 2 行，拒绝 1 行，提示 1 行。"
