"""List files that are sent to the service (名单上传): read in a process of their own, taken in whole or not at all."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from starlette.concurrency import run_in_threadpool

from jointsanction.catalog.bundle import write_bundle
from jointsanction.errors import RegistryError
from jointsanction.loop.arriving.intake import Intake
from jointsanction.registry.readers.mapping import ready_mappings
from jointsanction.web.confinement import Confinement, Kind, clean_name

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from jointsanction.model.catalogue import Catalog
    from jointsanction.model.serving import ServiceSettings

_LIST: Final = Kind(
    "名单文件",
    ended="名单库没有任何改动",
    broke="文件没有导入，或者已整份导入（见最近的批次）",
    hint="请核对文件；确实很大的，请分成几个，或者在服务器上导入。",
    elsewhere="请在服务器上用 jointsanction import 导入。",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A list file that is sent, and how it is to be read (上传的名单文件); as the options of `jointsanction import`.

    `mapping` is the name of a mapping that ships with the package, `mapping_text` the text of one's own.
    """

    name: str
    list_code: str | None = None
    mapping: str | None = None
    mapping_text: str | None = None
    sheet: str | None = None
    sequence: str | None = None
    after: str | None = None
    partial: bool = False
    accept_shrink: bool = False
    accept_mismatch: bool = False
    dry_run: bool = False


class Uploads:
    """Takes list files in, one at a time (名单上传)."""

    def __init__(self, settings: ServiceSettings, store: str, catalog: Callable[[], Catalog]) -> None:
        """Take the limits, the store by its URL, and what gives the catalogue in use."""
        self.limits = settings.uploads
        self._snapshot = settings.snapshot
        self._store = store
        self._catalog = catalog
        self._confinement = Confinement(settings.uploads, _LIST)

    async def take(self, parts: AsyncIterator[bytes], upload: Upload) -> dict[str, Any]:
        """Take a file in, and return what came of it (导入): `imported`, `report`, `outcome`, `rejects`, `page`.

        A file whose rows are refused is an answer: `imported` is false, `error` says why, `rejects` holds the rows.

        Raises:
            RegistryError: `registry.upload_too_large`, `registry.upload_memory`, `registry.upload_time`,
                `registry.upload_failed`, `registry.upload_unlimited`, `registry.busy`; and what concerns the whole
                file, as `read_listings` raises it. Nothing is taken in then.
        """
        self._confinement.refuse_unlimited()
        mapping = _mapping(upload)
        with tempfile.TemporaryDirectory(prefix="jointsanction-upload-") as private:
            folder = Path(private)
            file = folder / "file" / clean_name(upload.name)
            file.parent.mkdir()
            await self._receive(parts, file)
            if upload.mapping_text is not None:
                (folder / "mapping.yaml").write_text(upload.mapping_text, encoding="utf-8")
                mapping = str(folder / "mapping.yaml")
            return await run_in_threadpool(self._taken, folder, file, mapping, upload)

    def close(self) -> None:
        """End what is being read (停止): what is not committed yet is not taken in."""
        self._confinement.close()

    async def _receive(self, parts: AsyncIterator[bytes], file: Path) -> None:
        size = 0
        with file.open("xb") as kept:
            async for part in parts:
                size += len(part)
                if size > self.limits.bytes:
                    message = f"名单文件超过 {self.limits.bytes:,} 字节，没有读取。"
                    hint = "请分成几个文件；确实需要的，请运维人员调整 uploads.bytes，或者在服务器上导入。"
                    raise RegistryError("registry.upload_too_large", message, hint)
                kept.write(part)

    def _taken(self, folder: Path, file: Path, mapping: str | None, upload: Upload) -> dict[str, Any]:
        catalogue = folder / "catalogue.json"
        write_bundle(self._catalog(), catalogue)
        intake = Intake(
            bundle=str(catalogue),
            store=self._store,
            list_code=upload.list_code,
            mapping=mapping,
            sheet=upload.sheet,
            sequence=upload.sequence,
            after=upload.after,
            partial=upload.partial,
            accept_shrink=upload.accept_shrink,
            accept_mismatch=upload.accept_mismatch,
            dry_run=upload.dry_run,
            snapshot=self._snapshot,
        )
        return self._confinement.read(folder, file, intake._asdict())


def _mapping(upload: Upload) -> str | None:
    """Return the name of a mapping that ships; a path in the words of a caller would be one on our disk.

    Raises:
        RegistryError: `registry.unknown_mapping`.
    """
    if upload.mapping is None:
        return None
    name = upload.mapping.casefold().replace("-", "_")
    ready = ready_mappings()
    if name not in ready:
        hint = f"随附的有：{'、'.join(ready)}；自己的映射请随文件发送。"
        raise RegistryError("registry.unknown_mapping", "没有这个名称的映射。", hint)
    return name
