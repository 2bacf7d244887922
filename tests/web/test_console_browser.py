"""The console in a real browser: by keyboard alone, on a small screen, for everybody, with nothing from elsewhere.

`tox -e browser` runs it in the system's Chromium; axe-core lies where JOINTSANCTION_AXE says. With
JOINTSANCTION_SCREENSHOTS the pictures of docs/console.md are taken anew.
"""

from __future__ import annotations

import base64
import os
import shutil
import struct
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import store_side
from console_side import DEFAULTER, SAMPLES, World, served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

DOCS = Path(__file__).parents[2] / "docs" / "console"
LARGEST = 120 * 1024
MATTER = "政府采购供应商（GPC.SUPPLIER）"
HOSTILE = '<script>window.broken=1</script>"><img src=x onerror=alert(1)>\u202e=1+1有限公司'


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a real browser that asks nobody but us."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only this environment has it

    found = os.environ.get("JOINTSANCTION_BROWSER") or shutil.which("chromium") or shutil.which("google-chrome")
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
             "--disable-sync", "--no-first-run", "--disable-lcd-text", "--lang=zh-CN"]  # fmt: skip
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=found, args=quiet)
        yield opened
        opened.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the store of a test lie in a file, or on a server."""
    kind = {"kind": request.param}
    monkeypatch.setattr(store_side, "DATABASE", kind)
    yield
    if kind.get("made"):
        import postgres_side  # noqa: PLC0415 - only where a test asks for it

        for name in dict.fromkeys(kind["made"].split()):
            postgres_side.drop(name)


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Return a service with the fictional lists."""
    return World(tmp_path)


@pytest.fixture
def at(world: World) -> Iterator[str]:
    """Serve it on this machine."""
    with served(world) as address:
        yield address


@pytest.fixture
def page(browser: Browser, at: str) -> Iterator[Page]:
    """Return a page that fails the test on script errors, words in the console, failed or foreign requests."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    opened, faults = context.new_page(), list[str]()
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda said: faults.append(said.text) if said.type in {"error", "warning"} else None)
    opened.on("requestfailed", lambda request: faults.append(f"failed {request.url}"))
    opened.on("request", lambda request: faults.append(request.url) if not request.url.startswith(at) else None)
    opened.on("response", lambda got: faults.append(f"{got.status} {got.url}") if got.status >= 400 else None)
    opened.on("dialog", lambda shown: faults.append(shown.message))
    yield opened
    context.close()
    assert faults == []


def sign_in(page: Page, at: str, world: World, name: str = "window") -> None:
    """Sign in as somebody; whoever is in goes out first."""
    page.context.clear_cookies()
    page.goto(f"{at}/sign-in")
    page.get_by_label("账户").fill(name)
    page.get_by_label("密钥").fill(world.keys[name])
    page.get_by_label("经办人").fill("王经办")
    page.get_by_role("button", name="登录").click()


def ask(page: Page, number: str = DEFAULTER, name: str = "") -> None:
    """Ask about somebody from the form."""
    page.get_by_role("link", name="一键核查").click()
    page.get_by_label("证件号码").fill(number)
    page.get_by_label("名称", exact=True).fill(name)
    page.get_by_label("办理事项").fill(MATTER)
    page.get_by_label("核查用途").fill("供应商资格审查")
    page.get_by_label("办件编号").fill("示采〔2026〕18号")
    page.get_by_role("button", name="核查", exact=True).click()


def press(page: Page, *keys: str) -> None:
    """Press keys one after another."""
    for key in keys:
        page.keyboard.press(key)


def tab_to(page: Page, wanted: Callable[[dict[str, str]], bool]) -> None:
    """Go on by Tab until the focus is where somebody wants it; what he can't reach so is not there for him."""
    for _ in range(60):
        page.keyboard.press("Tab")
        here = page.evaluate(
            "(() => { const e = document.activeElement; return {id: e.id, text: (e.innerText || '').trim()} })()"
        )
        if wanted(here):
            return
    pytest.fail("没有用 Tab 键到达")


def picture(page: Page, name: str) -> None:
    """Take a picture of a page, small enough for the docs; kept there when the pictures are taken anew."""
    page.set_viewport_size({"width": 1200, "height": 740})
    taken = fewer_colours(page, page.screenshot())
    assert len(taken) <= LARGEST, f"{name}: {len(taken)}"
    if os.environ.get("JOINTSANCTION_SCREENSHOTS"):
        (DOCS / f"{name}.png").write_bytes(taken)


def fewer_colours(page: Page, taken: bytes) -> bytes:
    """Return a picture with 256 colours, a third of the size: the browser counts them, and we write them down."""
    blank = page.context.new_page()
    width, height, palette, pixels = blank.evaluate(COUNTED, base64.b64encode(taken).decode())
    blank.close()
    dots = base64.b64decode(pixels)
    rows = b"".join(b"\0" + dots[at : at + width] for at in range(0, len(dots), width))
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = ((b"IHDR", head), (b"PLTE", bytes(palette)), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )


COUNTED = """async (taken) => {
  const image = new Image();
  image.src = "data:image/png;base64," + taken;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width, image.height];
  const drawing = canvas.getContext("2d");
  drawing.drawImage(image, 0, 0);
  const {data} = drawing.getImageData(0, 0, image.width, image.height);
  const counts = new Map(), colour = (at) => (data[at] << 16) | (data[at + 1] << 8) | data[at + 2];
  for (let at = 0; at < data.length; at += 4) counts.set(colour(at), (counts.get(colour(at)) || 0) + 1);
  const kept = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 256).map((one) => one[0]);
  const parts = kept.map((one) => [one >> 16, (one >> 8) & 255, one & 255]);
  const known = new Map(kept.map((one, n) => [one, n]));
  const nearest = (one) => {
    const [r, g, b] = [one >> 16, (one >> 8) & 255, one & 255];
    let best = 0, least = Infinity;
    parts.forEach(([x, y, z], n) => {
      const far = (r - x) ** 2 + (g - y) ** 2 + (b - z) ** 2;
      if (far < least) [best, least] = [n, far];
    });
    known.set(one, best);
    return best;
  };
  const dots = new Uint8Array(data.length / 4);
  for (let at = 0; at < dots.length; at++) dots[at] = known.get(colour(at * 4)) ?? nearest(colour(at * 4));
  let text = "";
  for (let at = 0; at < dots.length; at += 8192) text += String.fromCharCode(...dots.subarray(at, at + 8192));
  return [image.width, image.height, parts.flat(), btoa(text)];
}"""
"""What counts the colours of a picture, keeps the most frequent, and gives each dot the nearest."""


def test_from_question_to_feedback_by_keyboard_alone(
    database: None,  # noqa: ARG001 - on both databases
    page: Page,
    at: str,
    world: World,
) -> None:
    """WCAG 2.1.1: an officer signs in, asks, reads, has it carried out and feeds back without touching a mouse."""
    page.goto(at)
    tab_to(page, lambda here: here["id"] == "account")
    page.keyboard.type("window")
    press(page, "Tab")
    page.keyboard.type(world.keys["window"])
    press(page, "Tab")
    page.keyboard.type("王经办")
    press(page, "Enter")
    page.wait_for_url("**/check")
    tab_to(page, lambda here: here["id"] == "id")
    page.keyboard.type(DEFAULTER)
    tab_to(page, lambda here: here["id"] == "matter")
    page.keyboard.type(MATTER)
    tab_to(page, lambda here: here["id"] == "purpose")
    page.keyboard.type("供应商资格审查")
    tab_to(page, lambda here: here["text"] == "核查")
    press(page, "Enter")
    page.get_by_role("heading", name="核查结果").wait_for()
    assert page.locator(".verdict .word").inner_text() == "禁止"
    tab_to(page, lambda here: here["text"] == "执行与反馈")
    press(page, "Enter")
    page.get_by_role("heading", name="执行与反馈").wait_for()
    tab_to(page, lambda here: here["text"] == "登记执行")
    press(page, "Enter")
    page.get_by_text("已登记 1 项执行情况").wait_for()
    tab_to(page, lambda here: here["id"] == "result-0")
    page.keyboard.type("未纳入合格供应商，已书面告知")
    tab_to(page, lambda here: here["text"] == "提交反馈")
    press(page, "Enter")
    page.get_by_text("反馈已收到").wait_for()
    assert world.desk.pending() == ()


def test_more_conditions_by_keyboard_alone(page: Page, at: str, world: World) -> None:
    """WCAG 2.1.1: what is folded away is opened, filled in and left by Tab and the arrows."""
    sign_in(page, at, world)
    tab_to(page, lambda here: here["id"] == "id")
    page.keyboard.type(DEFAULTER)
    tab_to(page, lambda here: here["id"] == "matter")
    page.keyboard.type(MATTER)
    tab_to(page, lambda here: here["id"] == "purpose")
    page.keyboard.type("供应商资格审查")
    tab_to(page, lambda here: here["text"].startswith("更多条件"))
    press(page, "Enter")
    tab_to(page, lambda here: here["id"] == "trait-engineering")
    press(page, "ArrowDown")
    tab_to(page, lambda here: here["text"] == "领域")
    press(page, "Enter", "Tab", "Space")
    tab_to(page, lambda here: here["id"] == "acts")
    page.keyboard.type("procurement-ban:none")
    tab_to(page, lambda here: here["text"] == "核查")
    press(page, "Enter")
    page.get_by_role("heading", name="核查结果").wait_for()
    question = world.desk.filed(page.locator(".facts .mono").inner_text()).document["question"]
    assert (question["traits"], question["fields"]) == (["engineering"], ["food"])
    assert question["acts"] == ["procurement-ban:none"]


def everywhere(page: Page, at: str, world: World) -> Iterator[str]:
    """Lead through every page of the console, and name each when it is shown."""
    page.goto(f"{at}/sign-in")
    yield "sign-in"
    sign_in(page, at, world)
    yield from _checked(page)
    yield from _tender(page)
    yield from _catalogue(page)
    sign_in(page, at, world, "author")
    yield from _workshop(page)
    sign_in(page, at, world, "reviewer")
    page.get_by_role("link", name="规则试算").click()
    page.get_by_role("button", name="示例修改").click()
    yield "proposal"
    sign_in(page, at, world, "operator")
    page.get_by_role("link", name="名单批次与差异").click()
    yield "lists"
    page.get_by_role("button", name="起的差异").first.click()
    yield "batch"
    sign_in(page, at, world, "auditor")
    page.get_by_role("button", name="检索").click()
    yield "audit"
    page.get_by_role("button", name="核验审计链").click()
    yield "audit-verified"


def _checked(page: Page) -> Iterator[str]:
    yield "check"
    page.get_by_text("更多条件").click()
    page.get_by_text("领域", exact=True).first.click()
    page.get_by_text("本人的职业").first.click()
    yield "check-more"
    ask(page)
    yield "answer"
    page.reload()
    page.get_by_text("没有重新核查").wait_for()
    yield "answer-again"
    page.get_by_role("button", name="执行与反馈").click()
    page.get_by_role("button", name="登记执行").click()
    yield "plan"
    page.get_by_role("button", name="提交反馈").click()
    page.get_by_text("更正反馈", exact=True).first.click()
    yield "plan-corrected"
    ask(page, "", "西岭示例物资有限公司")
    yield "answer-doubtful"
    ask(page, "91990000MA0DEM03XT", "西岭示例物资有限公司")


def _tender(page: Page) -> Iterator[str]:
    page.get_by_role("link", name="投标人批量核查").click()
    yield "tender"
    page.get_by_label("或者选择名册文件").set_input_files(SAMPLES / "tender.csv")
    page.get_by_label("办理事项").fill(MATTER)
    page.get_by_label("核查用途").fill("投标人资格审查")
    page.get_by_role("button", name="批量核查").click()
    page.get_by_role("heading", name="批量核查结果").wait_for()
    yield "tender-answer"
    page.get_by_role("button", name="核查报告").click()
    yield "tender-report"
    page.get_by_role("button", name="返回核查结果").click()
    page.get_by_role("heading", name="批量核查结果").wait_for()
    page.get_by_role("link", name="复核待办").click()
    yield "review"
    page.get_by_role("link", name="反馈与统计").click()
    yield "feedback"
    page.locator("figure").scroll_into_view_if_needed()
    yield "statistics"
    page.get_by_label("名单", exact=True).check()
    page.get_by_label("措施方向").check()
    page.get_by_role("button", name="统计").click()
    yield "statistics-by-three"


def _catalogue(page: Page) -> Iterator[str]:
    page.get_by_role("link", name="措施目录").click()
    # The list comes by itself while somebody types.
    page.get_by_label("检索").press_sequentially("政府采购 联合体")
    page.get_by_role("button", name="拒绝参与政府采购活动").first.wait_for()
    yield "catalogue"
    page.get_by_role("button", name="拒绝参与政府采购活动").first.click()
    page.get_by_role("heading", level=1, name="拒绝参与政府采购活动").wait_for()
    yield "entry"


def _workshop(page: Page) -> Iterator[str]:
    page.get_by_role("link", name="规则试算").click()
    text = page.get_by_label("内容")
    good = text.input_value()
    text.fill(good.replace("degree:", "dgree:"))
    page.get_by_text("您是否想写 'degree'").wait_for()
    yield "workshop-live"
    text.fill(good)
    page.get_by_text("可以加载，有以下提示").wait_for()
    page.get_by_label("事项", exact=True).fill(MATTER)
    page.get_by_label("列入名单").fill("BL.GPC")
    page.get_by_role("button", name="试算").click()
    page.get_by_role("heading", name="试算结果").wait_for()
    yield "workshop-tried"
    page.get_by_label("改什么、为什么").fill("示例修改")
    page.get_by_role("button", name="提出，交人审核").click()
    page.get_by_text("已提出，等待另一人审核").wait_for()
    yield "proposal-own"


PICTURES = (
    "check", "answer", "answer-doubtful", "plan", "tender-answer", "review", "feedback", "statistics", "catalogue",
    "workshop-live", "proposal", "lists", "audit-verified",
)  # fmt: skip


def test_every_page_fits_and_is_for_everybody(page: Page, at: str, world: World) -> None:
    """GB/T 37668, WCAG A and AA: axe finds nothing, and nothing scrolls sideways, not at twice the size either."""
    axe = Path(os.environ["JOINTSANCTION_AXE"]).read_text(encoding="utf-8")
    seen, faults = [], list[Any]()
    for name in everywhere(page, at, world):
        seen.append(name)
        for width, height in ((683, 384), (1366, 768)):  # 200 % of 1366 × 768, then that itself
            page.set_viewport_size({"width": width, "height": height})
            wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            faults += [f"{name} {width}: {wide}"] if wide > 0 else []
        page.evaluate(axe)  # through the debugger: the policy of the pages lets no script in
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        faults += [(name, each["id"], each["nodes"][0]["html"]) for each in found["violations"]]
        if name in PICTURES:
            picture(page, name)
    assert not faults, "\n".join(map(str, faults))
    assert len(seen) == len(set(seen))
    assert set(PICTURES) <= set(seen)


def test_hostile_names_stay_text(page: Page, at: str, world: World) -> None:
    """A name from a list is text wherever it is shown: it runs nothing, loads nothing, turns nothing round."""
    sign_in(page, at, world)
    ask(page, "", HOSTILE)
    assert HOSTILE[:30] in page.locator(".facts").inner_text()
    assert "\u202e" not in page.content()
    page.get_by_role("link", name="投标人批量核查").click()
    roll = f"91990000MA0000001B,{HOSTILE.replace(',', '')},=1+1\n91990000MA0DEM0806,北辰,=1+1"
    page.get_by_label("投标人", exact=False).first.fill(roll)
    page.get_by_label("办理事项").fill(MATTER)
    page.get_by_label("核查用途").fill(HOSTILE)
    page.get_by_role("button", name="批量核查").click()
    page.get_by_role("heading", name="批量核查结果").wait_for()
    assert page.evaluate("window.broken") is None
    assert page.locator("main img").count() == 0
    assert "\ufffd=1+1有限公司" in page.locator("main").inner_text()
    assert "\u202e" not in page.content()
    assert page.locator("main bdi", has_text="有限公司").count() > 0


def test_without_any_script(browser: Browser, at: str, world: World) -> None:
    """What htmx improves works without it: plain forms, and pages that come back whole."""
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    sign_in(page, at, world)
    ask(page)
    assert page.locator(".verdict .word").inner_text() == "禁止"
    page.get_by_role("link", name="措施目录").click()
    page.get_by_label("检索").fill("政府采购 联合体")
    page.get_by_role("button", name="检索").click()
    assert page.get_by_role("button", name="拒绝参与政府采购活动").count() == 1
    context.close()


def test_printed_it_is_a_paper(page: Page, at: str, world: World) -> None:
    """On paper the answer stands without menu, buttons or forms, and what was folded is open."""
    sign_in(page, at, world)
    ask(page)
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert not page.locator("nav").is_visible()
    assert not page.get_by_role("button", name="打印").is_visible()
    assert page.locator(".verdict .word").is_visible()
    assert page.locator("details.block li").first.is_visible()
