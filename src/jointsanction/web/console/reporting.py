"""核查报告 at the console: the sheet to be printed, the same as PDF, and the page where anybody verifies one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup
from starlette.requests import Request  # noqa: TC002 - FastAPI reads it
from starlette.responses import Response

from jointsanction.errors import JointSanctionError
from jointsanction.loop.filing.numbers import CHECK
from jointsanction.report.filed import filed_sheet, verified
from jointsanction.report.pdf import pdf_of, qr_of
from jointsanction.web.console.console import sealed
from jointsanction.web.console.places import WINDOW
from jointsanction.web.problems import status_of
from jointsanction.web.verifying import VERIFY, verify_page

if TYPE_CHECKING:
    from fastapi import APIRouter

    from jointsanction.model.filed import FiledCheck
    from jointsanction.report.filed import Verified
    from jointsanction.report.sheet import Sheet
    from jointsanction.web.console.console import Console, Sent
    from jointsanction.web.console.visiting import Visit


class Reporting:
    """The pages of a report (核查报告)."""

    def __init__(self, console: Console, router: APIRouter) -> None:
        """Put the pages in place."""
        self._console = console
        console.takes("/report", self.sheet, WINDOW)
        console.takes("/report/pdf", self.pdf, WINDOW)
        for path in (VERIFY, VERIFY + "/{number}/{code}"):
            router.add_api_route(path, self.verify, methods=["GET"], include_in_schema=False, response_model=None)

    async def sheet(self, visit: Visit, sent: Sent) -> Response:
        """Show the report of a filed check, to be printed (核查报告)."""
        sheet = await self._sheet(visit, sent)
        # What segno draws is made of numbers alone.
        code = Markup(await self._console.hosted.run(qr_of, sheet))  # noqa: S704
        return self._console.pages.page("report.html", visit, sheet=sheet, qr=code, back=_answer_page(sheet.number))

    async def pdf(self, visit: Visit, sent: Sent) -> Response:
        """Return the report of a filed check as PDF/A (核查报告 PDF)."""
        sheet = await self._sheet(visit, sent)
        try:
            made = await self._console.hosted.run(pdf_of, sheet)
        except JointSanctionError as error:
            return self._console.problem(visit, error)
        named = f'attachment; filename="{sheet.number}.pdf"'
        return Response(made, media_type="application/pdf", headers={"Content-Disposition": named})

    async def verify(self, request: Request) -> Response:
        """Say whether a report was given, and of what outcome (核查报告验证)."""
        number, code = (request.path_params.get(name) or request.query_params.get(name, "") for name in _ASKED)
        said: dict[str, Any] = {
            "number": number[:_LONGEST],
            "asked": bool(number or code),
            "found": None,
            "error": None,
        }
        try:
            said["found"] = await self._verified(number, code) if number and code else None
            status = 200
        except JointSanctionError as error:
            said["error"], status = error, int(status_of(error))
        return sealed(self._console.pages.page("verify.html", None, status=status, **said))

    async def _verified(self, number: str, code: str) -> Verified | None:
        hosted = self._console.hosted
        return await hosted.run(verified, hosted.desk, number.strip(), code)

    async def _sheet(self, visit: Visit, sent: Sent) -> Sheet:
        hosted, number = self._console.hosted, sent.text("number")
        page = verify_page(hosted.settings)
        sheet = await hosted.run(filed_sheet, hosted.desk, number, page=page, unit=visit.caller.unit)
        await self._console.note_read(visit, number, await self._one(number))
        return sheet

    async def _one(self, number: str) -> FiledCheck | None:
        """Return the check of a number, None for a tender: of many subjects the audit names none."""
        hosted = self._console.hosted
        return None if _answer_page(number) == _OF_TENDER else await hosted.run(hosted.desk.filed, number)


def _answer_page(number: str) -> str:
    """Return where the answer is shown that a report is of."""
    return _OF_CHECK if number.startswith(CHECK) else _OF_TENDER


_OF_CHECK: Final = "/check/record"
_OF_TENDER: Final = "/tender/record"
_ASKED: Final = ("number", "code")
_LONGEST: Final = 60
