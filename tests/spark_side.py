"""Spark for tests: sessions on this machine, and whose process a worker belongs to."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyspark.sql import SparkSession

LOCAL = "local[2]"
CLUSTER = "local-cluster[2,1,1024]"
"""Two executors of one core and 1024 MB, each a Java process of its own with Python workers of its own."""


def needed() -> None:
    """Leave a test out, with a plain line, where Spark cannot run."""
    if find_spec("pyspark") is None:
        pytest.skip("no pyspark: `tox -e spark` installs it")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("no Java: Spark runs on 17 or later")


@contextmanager
def session(master: str) -> Iterator[SparkSession]:
    """Yield a session and stop it."""
    needed()
    from pyspark.sql import SparkSession  # noqa: PLC0415 - an extra

    # Workers run this Python, whatever `python3` is on the path.
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    told = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.shuffle.partitions": "2",
        "spark.ui.enabled": "false",
    }
    spark = SparkSession.builder.config(map=told).master(master).getOrCreate()
    spark.sparkContext.setLogLevel("OFF")
    try:
        yield spark
    finally:
        spark.stop()
