"""Reports (核查报告): one page of PDF/A of a filed check, or of a filed tender."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response

from jointsanction.report.filed import filed_sheet
from jointsanction.report.pdf import pdf_of
from jointsanction.terms import AccountRole, AuditAction
from jointsanction.web.api.responses import may_fail
from jointsanction.web.verifying import verify_page

if TYPE_CHECKING:
    from fastapi import APIRouter

    from jointsanction.web.api.room import Room


def add_reports(router: APIRouter, room: Room) -> None:
    """Add the route of reports (核查报告)."""
    hosted = room.hosted

    @router.get(
        "/reports/{number}", operation_id="getReport", tags=["核查"], summary="核查报告", response_class=Response,
        responses={
            200: {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}},
            **may_fail(404, body=False),
        },
    )  # fmt: skip
    async def report(request: Request, number: str) -> Response:
        """本单位一次归档核查、一次投标核查的报告：PDF/A，一页，自然人的号码和姓名已遮盖。"""
        caller = room.caller(request, AccountRole.WINDOW)
        first = await room.permit_report(number, caller)
        page = verify_page(hosted.settings)
        sheet = await hosted.run(filed_sheet, hosted.desk, number, page=page, unit=caller.unit)
        made = await hosted.run(pdf_of, sheet)
        await room.note(AuditAction.EXPORT, caller, check=first, about=number, detail={"report": "pdf"})
        return Response(made, media_type="application/pdf")
