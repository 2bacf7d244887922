"""What share of a file's rows is complete."""

from __future__ import annotations

from datetime import date

from jointsanction.model.subject import Listing
from jointsanction.registry.readers.quality.compared import compared
from jointsanction.registry.readers.quality.figures import Quality, Share, tidied
from jointsanction.registry.readers.report import RowProblem
from jointsanction.registry.readers.rows import RowReading

SOUND = Listing(
    list="BL.TAX",
    uscc="91990000MA0000001B",
    listed_on=date(2024, 3, 1),
    valid_to=date(2025, 3, 1),
    instrument_no="测〔2024〕1号",
    designating_authority="测试局",
    row=2,
)
BARE = Listing(list="BL.TAX", name="恒泰物流有限公司", uscc="91990000**********", listed_on=date(2024, 3, 1), row=3)
UNSUPPORTED = RowProblem(3, "instrument_no", "row.unsupported", "缺少文书文号。", "warning")


def test_figures_are_of_all_rows() -> None:
    """A refused row counts as one that is wanting; what is complete has number, document, its date and authority."""
    readings = [
        RowReading(SOUND, "BL.TAX", ()),
        RowReading(BARE, "BL.TAX", (UNSUPPORTED,)),
        RowReading(None, None, (RowProblem(4, "listed_on", "row.undated", "缺少列入日期。"),)),
    ]
    told, quality = compared(readings, 4)
    assert told == ()
    assert quality == Quality(rows=4, complete=1, identified=1, masked=1, dated=2, ending=1, documented=1, authorised=1)
    assert quality.shares[0] == Share("合规率", 1, 4)
    assert str(quality.shares[0]) == "1 行（25.0%）"
    assert str(Quality().shares[0]) == "0 行"


def test_what_was_tidied_is_counted() -> None:
    """Numbers with spaces or full-width digits, dates in another shape than ISO."""
    rows = [(2, ("９１", "2024年3月1日")), (3, ("91", "2024-03-01")), (4, ("", ""))]
    assert tidied(rows, {"uscc": (0,), "listed_on": (1,), "name": (0,)}) == (1, 1)
    assert tidied(rows, {}) == (0, 0)
