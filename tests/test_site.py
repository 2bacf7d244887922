"""The built documentation in a real browser: pages open, links lead on, search finds, nothing fails on the way.

`tox -e site` builds the pages first; the browser is the system's Chromium.
"""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

pytestmark = pytest.mark.site

SITE = Path(__file__).parents[1] / "docs" / "_build" / "html"


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """Return the address of the built pages."""
    handler = functools.partial(Quiet, directory=str(SITE))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def page() -> Iterator[Page]:
    """Return a page of a real browser that fails the test on any script error or failed request."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only this environment has it

    found = os.environ.get("JOINTSANCTION_BROWSER") or shutil.which("chromium") or shutil.which("google-chrome")
    faults: list[str] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=found, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1366, "height": 768}, locale="zh-CN")
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "response", lambda got: faults.append(f"{got.status} {got.url}") if _failed(got.status, got.url) else None
        )
        yield page
        browser.close()
    assert faults == []


def _failed(status: int, url: str) -> bool:
    return status >= http.HTTPStatus.BAD_REQUEST and not url.endswith("/favicon.ico")


def test_from_the_first_page_to_an_article(page: Page, site: str) -> None:
    """A reader goes from the overview to a measure, its list, and the instrument it rests on, by links alone."""
    page.goto(site)
    page.get_by_role("link", name="随包目录", exact=True).first.click()
    page.get_by_role("link", name="措施", exact=True).first.click()
    page.get_by_role("link", name="refuse-government-procurement", exact=True).click()
    assert page.get_by_role("heading", level=1).inner_text() == "拒绝参与政府采购活动"
    page.get_by_role("link", name="BL.SXBZXR", exact=True).first.click()
    assert "失信被执行人名单" in page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name="refuse-government-procurement", exact=True).first.click()
    page.get_by_role("link", name="《中华人民共和国政府采购法》").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "中华人民共和国政府采购法"
    assert page.get_by_role("link", name="bar-procurement-banned", exact=True).count() > 0


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("失信被执行人 采购", "拒绝参与政府采购活动"),
        ("联合体", "结论是怎样得出的"),
        ("BL.WAGE", "拖欠农民工工资失信联合惩戒对象名单"),
        ("简易注销", "简易注销登记"),
    ],
)
def test_search_reads_chinese(page: Page, site: str, words: str, title: str) -> None:
    """Words of the field are found in titles and texts, whether or not a dictionary knows them."""
    page.goto(f"{site}/search.html?q={quote(words)}")
    page.locator("#search-results p.search-summary, #search-results .search li").first.wait_for()
    page.wait_for_function("document.querySelector('#search-results h2')?.innerText === '搜索结果'")
    assert title in page.locator("#search-results").inner_text()


def test_the_page_fits_a_narrow_screen(page: Page, site: str) -> None:
    """On a phone nothing but a wide table scrolls sideways."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site}/_generated/catalogue/measures/refuse-government-procurement.html")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1")


def test_every_entry_has_its_page() -> None:
    """Each measure, list, matter and instrument of the shipped catalogue is there."""
    from jointsanction.catalog.bundle import default_catalog  # noqa: PLC0415 - beside its only use

    catalog = default_catalog()
    pages = {
        f"{section}/{entry}"
        for section in ("measures", "lists", "matters", "instruments")
        for entry in getattr(catalog, section)
    }
    built = SITE / "_generated" / "catalogue"
    assert {name for name in pages if not (built / f"{name}.html").is_file()} == set()
