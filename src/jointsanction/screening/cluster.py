"""Tables of Spark (集群核查): the function of one machine inside `mapInArrow`, lists and catalogue found by file.

What is not at a path that every machine sees is sent with `SparkContext.addFile`. That sends single files under one
name each, never folders, so that files have the version of what they belong to in their names, and whoever receives
them puts the folder together again.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyspark import SparkFiles
from pyspark.sql import types

from jointsanction.catalog.bundle import BUNDLE_NAME, write_bundle
from jointsanction.errors import QuestionError, RegistryError
from jointsanction.registry.snapshot import manifest
from jointsanction.registry.snapshot.registry import SnapshotRegistry
from jointsanction.screening.columns import Columns, no_text
from jointsanction.screening.run import Row
from jointsanction.screening.shipped import Shipped, screen_beside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import pyarrow as pa
    from pyspark import SparkContext
    from pyspark.sql import DataFrame

    from jointsanction.screening.run import Run

_TEXTS: Final = (types.StringType, types.IntegralType, types.FloatType, types.DoubleType, types.NullType)
"""What a column of numbers, names or kinds may be; a rounded number is told row by row."""

_LISTS: Final = frozenset({"measures", "listings"})


@dataclass(frozen=True, slots=True)
class Sent:
    """A folder that was sent file by file (分发的文件夹): what the names of its files begin with, and the names."""

    key: str
    names: tuple[str, ...]

    def folder(self) -> Path:
        """Return the folder on this machine, put together by whoever is first."""
        root = Path(SparkFiles.getRootDirectory())
        folder = root / self.key
        if not folder.is_dir():
            made = Path(tempfile.mkdtemp(dir=root))
            for name in self.names:
                os.link(root / f"{self.key}-{name}", made / name)
            _put(made, folder)
        return folder


def screen_there(
    run: Run,
    frame: DataFrame,
    columns: tuple[str, str | None, str | None],
    files: tuple[str | None, str | None],
    *,
    whole: bool,
) -> DataFrame:
    """Return a table of Spark with the answers beside each row; `files` are snapshot and bundle where not sent.

    Raises:
        QuestionError: `question.table`, `question.column`.
        RegistryError: `screening.no_snapshot`, `screening.snapshot_gone`, `screening.observed`.
    """
    _refuse(run, frame, Columns(*columns))
    said = [*Row._fields, *(["answer"] if whole else [])]
    own = [field for field in frame.schema.fields if field.name not in said]
    schema = types.StructType([*own, *(types.StructField(name, _type_of(name)) for name in said)])
    snapshot, bundle = files
    sent = (
        None if snapshot is not None else _send_snapshot(frame.sparkSession.sparkContext, run),
        None if bundle is not None else _send_bundle(frame.sparkSession.sparkContext, run),
    )
    shipped = Shipped.of(run, (snapshot or "", bundle or ""), columns, whole=whole)
    return frame.mapInArrow(partial(answer_here, shipped=shipped, sent=sent), schema)


def answer_here(
    batches: Iterable[pa.RecordBatch], shipped: Shipped, sent: tuple[Sent | None, Sent | None]
) -> Iterator[pa.RecordBatch]:
    """Yield the answers beside the rows of one part of the table: what a worker runs."""
    snapshot, bundle = sent
    if snapshot is not None:
        shipped = replace(shipped, snapshot=str(snapshot.folder()))
    if bundle is not None:
        shipped = replace(shipped, bundle=str(bundle.folder() / BUNDLE_NAME))
    return screen_beside(batches, shipped)


def _refuse(run: Run, frame: DataFrame, columns: Columns) -> None:
    """Refuse before any job starts what would fail on every machine."""
    if not hasattr(frame, "mapInArrow"):
        message = f"{type(frame).__name__} 不是 Spark 的 DataFrame。"
        raise QuestionError("question.table", message, "别的表用 engine.screen_frame 核查。")
    columns.refuse_absent(frame.columns)
    for name in columns:
        if name is not None and not isinstance(kind := frame.schema[name].dataType, _TEXTS):
            raise no_text(name, kind.simpleString())
    if run.observe is not None:
        # Spark runs a part again when a machine is lost, and may run one twice to be done sooner.
        message = "有插件旁观每一个决定，而 Spark 会重做失败的部分，不能保证每个决定恰好通知一次。"
        raise RegistryError("screening.observed", message, "用 engine.screen_frame 核查，或者停用该插件。")


def _type_of(name: str) -> types.DataType:
    return types.ArrayType(types.StringType()) if name in _LISTS else types.StringType()


def _send_snapshot(context: SparkContext, run: Run) -> Sent:
    registry = run.state.registry
    if not isinstance(registry, SnapshotRegistry):
        message = "引擎用的不是名单快照，没有可以分发给各机器的文件。"
        hint = "先运行 jointsanction snapshot build，再打开引擎；或者用 snapshot 指明各机器都看得到的快照。"
        raise RegistryError("screening.no_snapshot", message, hint)

    def write(folder: Path) -> None:
        # Not the list of files that lies there by now: of another state it would lead to files that aren't sent.
        manifest.put_manifest(folder, registry.manifest)
        for name in registry.manifest.files:
            _take(registry.folder / name, folder / name)

    return _send(context, registry.version, write)


def _send_bundle(context: SparkContext, run: Run) -> Sent:
    tables = run.state.tables
    return _send(context, tables.version, lambda folder: write_bundle(tables.catalog, folder / BUNDLE_NAME))


def _send(context: SparkContext, version: str, write: Callable[[Path], object]) -> Sent:
    """Send what is written into a folder, once an application, and return how it is found."""
    key = f"jointsanction-{sha256(version.encode()).hexdigest()[:16]}"
    root = Path(SparkFiles.getRootDirectory())
    kept = root / f"{key}.sent"
    if not kept.is_dir():
        # Spark fetches from here whenever a machine joins, and clears it all away in the end.
        made = Path(tempfile.mkdtemp(dir=root))
        write(made)
        for path in list(made.iterdir()):
            path.rename(made / f"{key}-{path.name}")
        _put(made, kept)
    names = sorted(path.name for path in kept.iterdir())
    known = {each.rpartition("/")[2] for each in context.listFiles}
    for name in names:
        if name not in known:
            context.addFile(str(kept / name))
    return Sent(key, tuple(name.removeprefix(f"{key}-") for name in names))


def _take(source: Path, target: Path) -> None:
    """Keep a file of a snapshot: a later one takes its place, and the file its name, while Spark still sends it."""
    with suppress(OSError):
        os.link(source, target)
        return
    try:
        # On another disk.
        shutil.copyfile(source, target)
    except FileNotFoundError as error:
        message = "引擎打开快照以后，快照已经更新，旧文件没有了。"
        raise RegistryError("screening.snapshot_gone", message, "重新打开引擎再核查。") from error


def _put(made: Path, folder: Path) -> None:
    """Put a folder in its place; whoever was quicker put the same there."""
    with suppress(OSError):
        made.rename(folder)
    shutil.rmtree(made, ignore_errors=True)
