"""Sphinx settings; what can be made from code is made here, before the build, and is never committed."""

from __future__ import annotations

import sys
from importlib.metadata import version as version_of
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

import sphinx.search  # noqa: E402 - after the line above, as those below

import chinese_search  # noqa: E402
import generate  # noqa: E402

generate.write_pages(HERE / "_generated")

project = "jointsanction"
author = "The jointsanction contributors"
project_copyright = "The jointsanction contributors, Apache-2.0"
release = version = version_of("jointsanction")
language = "zh_CN"

extensions = ["myst_parser"]
exclude_patterns = ["_build"]
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3

# Sphinx's own search in Chinese needs a list of words, and its script for the browser stops at once.
sphinx.search.languages["zh"] = chinese_search.ChineseSearch
html_search_language = "zh"
html_theme = "furo"
html_title = "jointsanction 信用联合奖惩核查"
html_show_sphinx = False
html_copy_source = False
