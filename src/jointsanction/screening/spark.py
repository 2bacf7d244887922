"""The door to a cluster (集群核查入口): what stands behind it is imported when it is opened, for it needs an extra."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jointsanction.errors import MissingExtraError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from jointsanction.engine import Engine


def screen_spark(  # noqa: PLR0913 - which columns, how to answer, and where the files are
    engine: Engine,
    frame: DataFrame,
    id_column: str,
    *,
    matter: str,
    name_column: str | None = None,
    kind_column: str | None = None,
    answers: bool = False,
    snapshot: str | None = None,
    bundle: str | None = None,
    **words: Any,
) -> DataFrame:
    """Return a table of Spark with the answers beside each row, worked out wherever Spark works (集群核查).

    The answers are those of `Engine.screen_frame`, of the engine's present catalogue, lists and instant; nothing is
    worked out before Spark is asked for the rows, which have no order of their own. The new columns are `verdict`,
    `measures`, `listings`, `error`, `message`, and with `answers` the whole `answer` as JSON where there are listings;
    columns of these names give way. The other words are those of `check_subject`.

    `snapshot` (a folder) and `bundle` (a file) are paths that every machine sees; what isn't given is sent along. A
    machine with other versions than the engine's fails the job with `screening.other_version`.

    Raises:
        QuestionError: `question.table`, `question.column`, and what is wrong with the question.
        UnknownMatterError: a matter that is in no catalogue.
        RegistryError: `screening.no_snapshot`, `screening.snapshot_gone`, `screening.observed`.
        MissingExtraError: `screening.no_spark` when the extra `spark` is not installed.
    """
    try:
        from jointsanction.screening import cluster  # noqa: PLC0415 - an extra
    except ImportError as error:
        code, message = "screening.no_spark", "没有安装 pyspark 和 pyarrow、numpy，不能在 Spark 上核查。"
        raise MissingExtraError(code, message, "运行 pip install 'jointsanction[spark]'。") from error
    run = engine.open_run(matter, words)
    columns = (id_column, name_column, kind_column)
    return cluster.screen_there(run, frame, columns, (snapshot, bundle), whole=answers)
