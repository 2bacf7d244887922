"""A process killed in the middle of an import leaves the old state or the new one, never a mix."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from store_side import DAY, FIRM, PARTNER, day, delivery, numbered, opened

if TYPE_CHECKING:
    from pathlib import Path

ROWS, PORTION = 400, 50

IMPORTER = f"""
import sys, time
from pathlib import Path
from jointsanction.store import beliefs
from test_kill_side import bring

beliefs._PORTION = {PORTION}
"""
