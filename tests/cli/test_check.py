"""One question on the command line, and many on stdin."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from conftest_cli import ASKED, CLEAN, DEFAULTER  # type: ignore[import-not-found]
