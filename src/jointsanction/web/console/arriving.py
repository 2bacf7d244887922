"""名单批次与差异: what was imported, what it changed, and a file to try or to take in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from jointsanction.errors import AccessError, JointSanctionError, QuestionError
from jointsanction.export.masking import masked
from jointsanction.loop.arriving.intake import parts_of
from jointsanction.model.audit import Deed
from jointsanction.registry.readers.mapping import ready_mappings
from jointsanction.telling.page import Grid
from jointsanction.terms import Audience, AuditAction
from jointsanction.web.console.asked import matter_code
from jointsanction.web.console.places import OPERATING
from jointsanction.web.problems import status_of
from jointsanction.web.uploads import Upload
from jointsanction.worklists.figures import ages

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.datastructures import UploadFile
    from starlette.responses import Response

    from jointsanction.model.subject import Listing
    from jointsanction.web.console.console import Console, Sent
    from jointsanction.web.console.visiting import Visit

_MOST: Final = 200
_BATCHES: Final = 100
_PIECE: Final = 1 << 18


class Arriving:
    """The pages of lists (名单批次与差异)."""

    def __init__(self, console: Console) -> None:
        """Put the pages in place; a file may be as large as the service takes, with a little for the form."""
        self._console = console
        console.shows("/lists", self.overview, OPERATING)
        console.takes("/lists/batch", self.batch, OPERATING)
        console.takes("/lists", self.take, OPERATING, limit=console.hosted.settings.uploads.bytes + 65536)

    async def overview(self, visit: Visit, _: Sent) -> Response:
        """Show the batches and how old each list is (名单概况)."""
        return await self._page(visit)

    async def batch(self, visit: Visit, sent: Sent) -> Response:
        """Show what changed since a batch, that one among it (名单差异), numbers and names masked."""
        hosted = self._console.hosted
        touched = await hosted.run(hosted.lists.touched, sent.text("batch"))
        rows = tuple(self._changed(each) for each in touched.listings[:_MOST])
        headers = ("名单", "主体", "号码", "列入日期", "移出日期", "文书文号", "状态")
        title = f"自{touched.since}起的变动（{len(touched.listings)} 条记录"
        grid = Grid(f"{title}，列出前 {_MOST} 条）" if len(touched.listings) > _MOST else f"{title}）", headers, rows)
        return self._console.pages.page("batch.html", visit, grid=grid)

    async def take(self, visit: Visit, sent: Sent) -> Response:
        """Try a file, or take it in (试运行、导入): each step shown, nothing written when a row is refused."""
        hosted, file = self._console.hosted, sent.file("file")
        try:
            if file is None:
                raise QuestionError("question.no_file", "没有选择名单文件。", "请选择 CSV、Excel 或 JSON 文件。")
            upload = _upload(sent, file.filename or "名单")
            done = await hosted.uploads.take(_pieces(file), upload)
        except AccessError:
            raise
        except JointSanctionError as error:
            return await self._page(visit, sent=sent, error=error)
        said = {"imported": done["imported"], "dry_run": upload.dry_run, "batch": (done["outcome"] or {}).get("batch")}
        await hosted.run(hosted.desk.note, Deed(action=AuditAction.IMPORT, caller=visit.caller, detail=said))
        if done["imported"]:
            await hosted.run(hosted.swapper.look)
        return await self._page(visit, sent=sent, done=done)

    async def _page(
        self,
        visit: Visit,
        *,
        sent: Sent | None = None,
        done: dict[str, Any] | None = None,
        error: JointSanctionError | None = None,
    ) -> Response:
        hosted = self._console.hosted
        batches = await hosted.run(hosted.lists.batches)
        tables, now = hosted.engine.tables, hosted.clock()
        editions = hosted.engine.registry.editions
        every = ages(tables.catalog.lists, tables, editions, day=now.date(), now=now)
        aged = [each for each in every if each.batch is not None]
        said: dict[str, Any] = {
            "batches": batches[::-1][:_BATCHES],
            "ages": aged,
            "titles": {code: kind.title for code, kind in tables.catalog.lists.items()},
            "mappings": sorted(ready_mappings()),
            "chosen": {name: "" if sent is None else sent.text(name) for name in ("list", "mapping", "sheet")},
            "done": done,
            "told": [] if done is None else list(parts_of(done["page"])),
        }
        status = 200 if error is None else int(status_of(error))
        return self._console.pages.page("lists.html", visit, status=status, error=error, **said)

    def _changed(self, listing: Listing) -> tuple[str, ...]:
        shown = masked(listing, Audience.ANYBODY, all_of_it=True)
        now = self._console.catalog.lists.get(listing.list)
        removed = "" if shown.removed_on is None else shown.removed_on.isoformat()
        missing = "最新一期未见" if shown.missing_since is not None else ""
        return (
            listing.list if now is None else now.title,
            shown.name or "",
            shown.uscc or shown.resident_id or shown.other_id or "",
            "" if shown.listed_on is None else shown.listed_on.isoformat(),
            removed,
            shown.instrument_no or "",
            missing or ("已移出" if removed else "现行"),
        )


def _upload(sent: Sent, name: str) -> Upload:
    return Upload(
        name=name,
        list_code=matter_code(sent.text("list")) or None,
        mapping=sent.text("mapping") or None,
        sheet=sent.text("sheet") or None,
        mapping_text=sent.text("mapping_text") or None,
        partial=sent.text("partial") == "yes",
        dry_run=sent.text("act") != "import",
    )


async def _pieces(file: UploadFile) -> AsyncIterator[bytes]:
    while piece := await file.read(_PIECE):
        yield piece
