"""The console without a browser: who sees what, what a form has to bring back, what every page says of itself."""

from __future__ import annotations

import hashlib
import html
import re
from dataclasses import replace
from pathlib import Path

import pytest

import jointsanction.web.console as console_room
from console_side import DEFAULTER, POSTS, SAMPLES, Person, World
from jointsanction.errors import RegistryError
from jointsanction.loop.access.accounts import end_account
from jointsanction.loop.filing.auditing import Audit, Sought
from jointsanction.loop.follow_up.statistics import BY
from jointsanction.model.subject import Subject
from jointsanction.steps.asking.ask import read_subject
from jointsanction.web.console.asked import matter_code
from jointsanction.web.console.places import PLACES
from jointsanction.web.console.workshop import TEXT

STATIC = Path(console_room.__file__).parent / "static"
TEMPLATES = sorted((STATIC.parent / "templates").glob("*.html"))
MATTER = "政府采购供应商（GPC.SUPPLIER）"
HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(1)>有限公司'


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Return a service that tests look at and don't change."""
    return World(tmp_path_factory.mktemp("console"))


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Return a service of a test's own."""
    return World(tmp_path)


def person(world: World, name: str = "window") -> Person:
    """Return somebody signed in."""
    found = Person(world)
    assert found.sign_in(name).status_code == 303
    return found


def asked(somebody: Person, **more: str) -> str:
    """Ask about the defaulter and return the page."""
    said = {"id": DEFAULTER, "matter": MATTER, "purpose": "资格审查", "as_of": "2026-06-10", "request": "r1", **more}
    return somebody.send("/check", **said).text


def field(page: str, name: str) -> str:
    """Return what a hidden field of a page holds."""
    return html.unescape(re.findall(rf'name="{name}" value="([^"]*)"', page)[0])


def told(page: str) -> str:
    """Return what a page says went wrong."""
    return html.unescape("".join(re.findall(r'class="what">([^<]*)', page)))


@pytest.mark.parametrize("name", POSTS)
def test_each_post_sees_its_own_pages(shared: World, name: str) -> None:
    """An account opens the pages of its posts and no other, whatever address it types."""
    somebody = person(shared, name)
    for place in PLACES:
        answer = somebody.get(place.path)
        allowed = not set(POSTS[name]).isdisjoint(place.roles)
        assert answer.status_code == (200 if allowed else 403), place
        assert (f'href="{place.path}"' in answer.text) is allowed


def test_who_is_refused_is_in_the_audit(world: World) -> None:
    """等保: an attempt at another's page is kept."""
    person(world, "author").get("/audit")
    found = Audit(world.docket, world.desk.seal).search(Sought(action="refused"))
    assert [each.entry["detail"] for each in found] == [{"code": "access.role", "path": "/audit"}]


def test_nobody_is_led_to_the_sign_in_page(shared: World) -> None:
    """Without a session there is one page; htmx is told to leave the one it stands on."""
    nobody = Person(shared)
    for path in ("/", *(place.path for place in PLACES)):
        answer = nobody.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    live = nobody.ask("POST", "/workshop/look", headers={"HX-Request": "true"})
    assert live.headers["hx-redirect"] == "/sign-in"


def test_a_form_brings_back_its_token(world: World) -> None:
    """CSRF: a form without the token, with another's, or from elsewhere does nothing."""
    somebody, other = person(world), person(world)
    said = {"id": DEFAULTER, "matter": MATTER, "purpose": "资格审查"}
    for token in ("", "x", other.csrf):
        assert somebody.ask("POST", "/check", data={**said, "csrf": token}).status_code == 403
    for header in ({"Origin": "http://elsewhere.test"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = somebody.ask("POST", "/check", data={**said, "csrf": somebody.csrf}, headers=header)
        assert answer.status_code == 403
    assert world.desk.pending() == ()


def test_sign_in_comes_from_our_own_page(shared: World) -> None:
    """Nobody is signed in by a page elsewhere."""
    said = {"account": "window", "key": shared.keys["window"], "officer": "王"}
    answer = Person(shared).ask("POST", "/sign-in", data=said, headers={"Origin": "http://elsewhere.test"})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_the_cookie_is_ours_alone(shared: World) -> None:
    """The token is out of reach of scripts and of other sites, and lies nowhere in clear."""
    somebody = Person(shared)
    cookie = somebody.sign_in().headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    token = cookie.partition("=")[2].partition(";")[0]
    with shared.docket.reading() as connection:
        assert token not in str(connection.exec_driver_sql("SELECT * FROM docket_session").all())


def test_whoever_is_away_signs_in_again(world: World) -> None:
    """A session ends a quarter of an hour after the last request, and after ten hours in any case."""
    somebody = person(world)
    world.clock.later(minutes=14)
    assert somebody.get("/check").status_code == 200
    world.clock.later(minutes=16)
    assert somebody.get("/check").status_code == 303
    somebody.sign_in()
    for _ in range(43):
        world.clock.later(minutes=14)
        somebody.get("/check")
    assert somebody.get("/check").status_code == 303


def test_signed_out_is_out(world: World) -> None:
    """A session that was ended opens nothing, and an account that was ended neither."""
    somebody = person(world)
    cookie = f"jointsanction={somebody.client.cookies['jointsanction']}"
    assert somebody.send("/sign-out").status_code == 303
    assert somebody.ask("GET", "/check", headers={"Cookie": cookie}).status_code == 303
    somebody.sign_in()
    end_account(world.docket, "window", world.caller("operator"), at=world.clock(), seal=world.desk.seal)
    assert somebody.get("/check").status_code == 303


def test_too_many_failures_lock_the_name(world: World) -> None:
    """After five failures the right key doesn't open either, until a quarter of an hour has passed."""
    somebody = Person(world)
    for _ in range(5):
        assert "不符" in told(somebody.sign_in(key="js_window_wrong").text)
    assert "暂停登录" in told(somebody.sign_in().text)
    world.clock.later(minutes=16)
    assert somebody.sign_in().status_code == 303
    assert "不符" in told(somebody.sign_in(key="js_window_wrong").text)
    assert len(Audit(world.docket, world.desk.seal).search(Sought(action="refused"))) == 6


@pytest.mark.parametrize(
    "said", [{"account": "nobody"}, {"account": "author"}, {"officer": " "}, {"key": "x" * 600_000}]
)
def test_what_opens_nothing(shared: World, said: dict[str, str]) -> None:
    """Which of account and key is wrong is not said; who sits there has to be."""
    typed = {"account": "window", "key": shared.keys["window"], "officer": "王", **said}
    answer = Person(shared).ask("POST", "/sign-in", data=typed)
    assert answer.status_code in {401, 403}
    assert "set-cookie" not in answer.headers


def test_every_page_says_what_it_is(shared: World) -> None:
    """Nothing from elsewhere, nothing inline, in nobody's frame, kept by nobody; errors too."""
    somebody = person(shared)
    for answer in (
        somebody.get("/check"),
        somebody.get("/lists"),
        Person(shared).get("/sign-in"),
        somebody.get("/static/x"),
    ):
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'self'; ")
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
    assert "immutable" in somebody.get("/static/console.css").headers["cache-control"]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_templates_hold_nothing_inline(template: Path) -> None:
    """No script, no style, no handler in a page: the policy would stop it, and an intranet has no other host."""
    text = template.read_text(encoding="utf-8")
    assert re.findall(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=|hx-on|https?://|\|\s*safe", text) == []


def test_htmx_is_the_file_we_read() -> None:
    """The one file by others is pinned by its digest, with its licence beside it."""
    note = (STATIC / "htmx.txt").read_text(encoding="utf-8")
    assert hashlib.sha256((STATIC / "htmx.min.js").read_bytes()).hexdigest() in note
    assert "Zero-Clause BSD" in note
    assert "2.0.11" in note


def test_the_wheel_carries_templates_and_files() -> None:
    """What pages are made of lies beside the code, and so comes along."""
    assert {"base.html", "parts.html", "answer.html"} <= {path.name for path in TEMPLATES}
    assert {path.name for path in STATIC.iterdir()} == {
        "console.css",
        "console.js",
        "htmx.min.js",
        "htmx.txt",
        "icon.svg",
    }


def test_a_check_is_filed_masked_and_revealed(world: World) -> None:
    """A number is covered until somebody says why he has to see it; that he did is in the audit."""
    somebody = person(world)
    page = asked(somebody)
    assert "禁止" in page
    assert DEFAULTER not in page
    number = field(page, "number")
    assert "理由" in told(somebody.send("/check/reveal", number=number, reason=" ").text)
    assert DEFAULTER in somebody.send("/check/reveal", number=number, reason="处理异议").text
    assert DEFAULTER not in somebody.send("/check/record", number=number).text
    (kept,) = Audit(world.docket, world.desk.seal).search(Sought(action="reveal"))
    assert (kept.entry["purpose"], kept.entry["officer"]) == ("处理异议", "王经办")


def test_sent_again_it_is_the_same_check(world: World) -> None:
    """A page that is loaded again files nothing anew; a changed form does."""
    somebody = person(world)
    first, again, changed = asked(somebody), asked(somebody), asked(somebody, purpose="复核")
    assert field(first, "number") == field(again, "number") != field(changed, "number")


def test_a_form_sent_again_says_so(world: World) -> None:
    """An answer filed before is told to be that, and of when; the button asks anew, and so does the next day."""
    somebody = person(world)
    more = {
        "acts": "procurement-ban:none",
        "trait-engineering": "no",
        "fields": "food",
        "date-evaluation": "2026-06-10",
    }
    first = asked(somebody, **more)
    world.clock.later(minutes=5)
    again = asked(somebody, **more)
    assert "没有重新核查" not in first
    (notice,) = re.findall(r'class="replayed" role="status">\s*<p>(.*?)</p>', again)
    assert "2026-06-10 09:30 已经归档的结果" in notice
    assert field(first, "number") in notice
    form = again[again.index('class="replayed"') :]
    said = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form[: form.index("</form>")]))
    assert more.items() <= said.items()
    assert said.pop("csrf") == somebody.csrf
    anew = somebody.send("/check", **{name: html.unescape(value) for name, value in said.items()}).text
    assert field(anew, "number") != field(first, "number")
    assert "没有重新核查" not in anew
    world.clock.later(days=1)
    somebody.sign_in()
    assert field(asked(somebody, **more), "number") != field(first, "number")


def test_the_examples_on_the_page_are_answered(shared: World) -> None:
    """What the form shows as an example may be typed as it stands."""
    somebody = person(shared)
    (hint,) = re.findall(r'id="acts-hint">([^<]*)', somebody.get("/check").text)
    examples = re.findall(r"[a-z-]+:[^\s，；]+", hint)
    assert len(examples) == 2
    for at, acts in enumerate([*examples, "\n".join(examples[:1])]):
        assert told(asked(somebody, acts=acts, request=f"example {at}")) == ""


def test_whatever_the_interface_takes_the_form_takes(world: World) -> None:
    """核查条件: the question filed at the console is the one that a system files over HTTP, field by field."""
    somebody = person(world)
    page = asked(
        somebody, as_of="", role="supplier", phase="before", region="410182", size="micro", coverage="loaded",
        known_at="2026-06-10T09:00", **{"trait-engineering": "yes", "trait-public-funds": "no", "fields": "food",
        "occupations": "lawyer", "date-notice": "2026-05-06", "date-evaluation": "2026-06-09"},
    )  # fmt: skip
    assert told(page) == ""
    question = world.desk.filed(field(page, "number")).document["question"]
    wanted = {
        "role": "supplier", "phase": "before", "region": "410182", "size": "micro", "coverage": "loaded",
        "traits": ["engineering", "not-public-funds"], "fields": ["food"], "occupations": ["lawyer"],
        "as_of": "2026-06-09", "dates": {"notice": "2026-05-06", "evaluation": "2026-06-09"},
    }  # fmt: skip
    assert {name: question[name] for name in wanted} == wanted
    assert "禁止" in page
    before = asked(somebody, known_at="2026-06-08T09:00", coverage="loaded")  # the day before the lists came
    assert re.findall(r'class="word">([^<]+)', before) == ["不能确定，须核实"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"trait-engineering": "perhaps"},
        {"fields": "nonsense"},
        {"occupations": "nonsense"},
        {"size": "nonsense"},
        {"coverage": "nonsense"},
        {"date-evaluation": "nonsense"},
        {"date-evaluation": "2026-06-09"},  # while another day is asked about
        {"known_at": "nonsense"},
    ],
)
def test_what_is_folded_away_is_held_to_the_same(shared: World, wrong: dict[str, str]) -> None:
    """A word nobody knows is refused wherever it comes from; the page comes back with it, unfolded."""
    page = asked(person(shared), **wrong)
    assert told(page) != ""
    assert '<details class="more" open>' in page


@pytest.mark.parametrize("name", ["as_of", "date-evaluation", "known_at"])
def test_no_day_breaks_a_page(shared: World, name: str) -> None:
    """The first and the last day of the calendar are answered, or refused in words."""
    somebody = person(shared)
    for day in ("0001-01-01", "9999-12-31"):
        typed = {"as_of": "", name: f"{day}T23:59" if name == "known_at" else day, "request": day}
        said = {"id": DEFAULTER, "matter": MATTER, "purpose": "资格审查", **typed}
        assert somebody.send("/check", **said).status_code in {200, 404, 409, 422}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"purpose": ""}, "用途"),
        ({"matter": "没有的事项"}, "未知事项"),
        ({"as_of": "昨天"}, "日期"),
        ({"id": "", "name": ""}, "名称"),
        ({"acts": "nonsense"}, "法律事实"),
    ],
)
def test_what_is_wrong_is_said_above_the_form(shared: World, said: dict[str, str], words: str) -> None:
    """A question that can't be asked comes back as it was typed, with what is wrong and what to do."""
    somebody = person(shared)
    answer = somebody.send("/check", **{"id": DEFAULTER, "matter": MATTER, "purpose": "资格审查", **said})
    assert answer.status_code in {404, 422}
    assert words in told(answer.text)
    assert 'name="purpose"' in answer.text


def test_another_units_check_is_not_there(world: World) -> None:
    """Nobody learns from a number whether another unit filed something under it."""
    check = world.desk.check({"subject": DEFAULTER, "matter": "GPC"}, world.caller(), purpose="x")
    stranger = replace(world.caller(), unit="别的单位")
    other = world.desk.check({"subject": DEFAULTER, "matter": "GPC"}, stranger, purpose="x")
    somebody = person(world)
    assert somebody.send("/check/record", number=check.number).status_code == 200
    for path in ("/check/record", "/check/reveal", "/check/plan", "/check/execute", "/check/feedback"):
        assert somebody.send(path, number=other.number, reason="x").status_code == 404


def test_carried_out_and_fed_back(world: World) -> None:
    """What the law orders is carried out at once; a feedback names basis, result, day, department and officer."""
    somebody = person(world)
    number = field(asked(somebody), "number")
    wrong = somebody.send("/check/execute", number=number, item="0", **{"outcome-0": "declined"})
    assert "决定" in told(wrong.text)
    assert "已登记 1 项" in somebody.send("/check/execute", number=number, item="0", **{"outcome-0": "open"}).text
    said = {
        "number": number,
        "item": "0",
        "basis": "government-procurement-law|22",
        "handling": "applied",
        "result": "未纳入",
        "done_on": "2026-06-10",
        "department": "采购办",
        "officer": "李",
        "request": "f",
    }
    assert "日期" in told(somebody.send("/check/feedback", **{**said, "done_on": ""}).text)
    assert "依据" in told(somebody.send("/check/feedback", **{**said, "basis": "x|1"}).text)
    assert "应执行事项" in told(somebody.send("/check/feedback", **{**said, "item": "x"}).text)
    assert "反馈已收到" in somebody.send("/check/feedback", **said).text
    assert "反馈已收到" in somebody.send("/check/feedback", **said).text
    assert len(world.desk.feedback(number)) == 1


FED_BACK = {
    "item": "0", "basis": "government-procurement-law|22", "handling": "applied", "result": "未纳入合格供应商",
    "done_on": "2026-06-10", "department": "示例采购办", "officer": "李经办", "amount": "12.50", "typical": "yes",
    "request": "f",
}  # fmt: skip


def value_of(page: str, name: str) -> str:
    """Return what a field of a form is filled with."""
    return html.unescape(re.findall(rf'name="{name}"[^>]* value="([^"]*)"', page)[0])


def test_a_refused_feedback_is_typed_once(world: World) -> None:
    """What was wrong is told, and all that was right stands where it was typed."""
    somebody = person(world)
    number = field(asked(somebody), "number")
    decided = {"item": "0", "outcome-0": "impossible", "decider-0": "王负责人", "reason-0": "\u200b"}
    page = somebody.send("/check/execute", number=number, **decided).text
    assert "理由" in told(page)
    assert value_of(page, "decider-0") == "王负责人"
    assert 'value="impossible" checked' in page
    somebody.send("/check/execute", number=number, item="0", **{"outcome-0": "open"})
    typed = {**FED_BACK, "number": number, "handling": "other", "amount": "约十二元"}
    page = somebody.send("/check/feedback", **typed).text
    assert "金额" in told(page)
    for name in ("result", "done_on", "amount", "department", "officer"):
        assert value_of(page, name) == typed[name]
    assert 'value="other" checked' in page
    assert re.search(r'name="typical" value="yes" checked', page)


def test_a_feedback_is_corrected(world: World) -> None:
    """更正: a feedback is never changed; another stands in for it, by its number, beginning from what it said."""
    somebody = person(world)
    number = field(asked(somebody), "number")
    first = field(somebody.send("/check/feedback", number=number, **FED_BACK).text, "corrects")
    page = somebody.send("/check/plan", number=number).text
    assert (field(page, "corrects"), value_of(page, "result"), value_of(page, "amount")) == (
        first, "未纳入合格供应商", "12.50",
    )  # fmt: skip
    changed = {**FED_BACK, "number": number, "result": "撤回供应商资格", "corrects": first, "request": "g"}
    assert "金额" in told(somebody.send("/check/feedback", **{**changed, "amount": "x"}).text)
    assert "更正已收到" in somebody.send("/check/feedback", **changed).text
    assert "更正过" in told(somebody.send("/check/feedback", **{**changed, "request": "h"}).text)
    kept = sorted(world.desk.feedback(number), key=lambda each: each.corrects is not None)
    assert [(each.result, each.corrects) for each in kept] == [("未纳入合格供应商", None), ("撤回供应商资格", first)]


def test_whoever_looks_is_in_the_audit(world: World) -> None:
    """查阅留痕: a filed check opened again, its report, its PDF and its plan, each once; asking is kept by itself."""
    somebody = person(world)
    number = field(asked(somebody), "number")
    for path in ("/check/record", "/report", "/report/pdf", "/check/plan"):
        assert somebody.send(path, number=number).status_code == 200
    found = Audit(world.docket, world.desk.seal).search(Sought(action="read", subject=DEFAULTER))
    assert [each.entry["about"] for each in found] == [number] * 4
    assert somebody.send("/check/record", number="HC20260610-000000000000").status_code == 404
    assert len(Audit(world.docket, world.desk.seal).search(Sought(action="read"))) == 4


def test_a_tender_has_its_report(world: World) -> None:
    """核查报告: of all bidders together, on paper and as PDF, and the way back to their answers."""
    somebody = person(world)
    said = {"matter": MATTER, "purpose": "资格审查", "as_of": "2026-06-10", "request": "t"}
    roll = f"{DEFAULTER}\t北境\t联合体一\n91990000MA0DEM0806\t北辰\t联合体一"
    page = somebody.send("/tender", bidders=roll, **said).text
    number = field(page, "number")
    assert number.startswith("TB")
    report = somebody.send("/report", number=number).text
    assert number in report
    assert 'action="/tender/record"' in report
    assert somebody.send("/report/pdf", number=number).content.startswith(b"%PDF")
    back = somebody.send("/tender/record", number=number).text
    assert back.count("的详情") == 2
    assert field(back, "number") == number
    receipt = re.findall(r"凭证</h2><p[^>]*>([^<]+)", page)
    assert receipt == re.findall(r"凭证</h2><p[^>]*>([^<]+)", back)
    found = Audit(world.docket, world.desk.seal).search(Sought(action="read"))
    assert [each.entry["about"] for each in found] == [number] * 3
    again = somebody.send("/tender", bidders=roll, **said).text
    assert "没有重新核查" in again
    assert html.unescape(re.findall(r'name="bidders" value="([^"]*)"', again)[0]) == roll
    assert person(world, "window").send("/tender/record", number="TB20260610-000000000000").status_code == 404


def test_another_units_tender_is_not_there(world: World) -> None:
    """Nobody learns from a number whether another unit checked a tender under it."""
    stranger = replace(world.caller(), unit="别的单位")
    subjects = [read_subject(DEFAULTER)]
    other = world.desk.file_one(world.desk.ask_tender(subjects, "GPC", {}, stranger, purpose="x"))
    somebody = person(world)
    for path in ("/tender/record", "/report", "/report/pdf"):
        assert somebody.send(path, number=other.number).status_code == 404
    assert Audit(world.docket, world.desk.seal).search(Sought(action="read")) == ()


def test_a_candidate_is_decided_about(world: World) -> None:
    """A person finds a candidate to be somebody else, says on what evidence, and the next check knows it."""
    somebody = person(world)
    page = asked(somebody, id="91990000MA0DEM03XT", name="西岭示例物资有限公司")
    number = field(page, "number")
    todo = somebody.get("/review").text
    at = {"number": number, "batch": field(todo, "batch"), "row": field(todo, "row")}
    assert "结论" in told(somebody.send("/review", **at, reason="x").text)
    assert "理由" in told(somebody.send("/review", **at, outcome="cleared").text)
    assert "有效期" in told(somebody.send("/review", **at, outcome="cleared", reason="x", until="以后").text)
    assert "变动" in told(somebody.send("/review", **{**at, "row": "99"}, outcome="cleared", reason="x").text)
    done = somebody.send("/review", **at, outcome="cleared", reason="核对营业执照，号码不同", until="2027-06-10").text
    assert "已记录" in done
    assert "没有待复核" in done
    assert "未发现" in asked(somebody, id="91990000MA0DEM03XT", name="西岭示例物资有限公司", request="r2")
    (kept,) = Audit(world.docket, world.desk.seal).search(Sought(action="identity"))
    assert kept.entry["detail"]["outcome"] == "cleared"


def test_bidders_pasted_or_sent(world: World) -> None:
    """A roll is pasted, with or without headers, or sent as a file; a consortium stands together."""
    somebody = person(world)
    said = {"matter": MATTER, "purpose": "资格审查", "as_of": "2026-06-10"}
    roll = f"{DEFAULTER}\t北境\t联合体一\n91990000MA0DEM0806\t北辰\t联合体一"
    pasted = somebody.send("/tender", bidders=roll, **said).text
    assert pasted.count("的详情") == 2
    assert "联合体一" in pasted
    assert DEFAULTER not in pasted
    sent = somebody.ask("POST", "/tender", data={"csrf": somebody.csrf, **said},
                        files={"roll": ("名册.csv", (SAMPLES / "tender.csv").read_bytes())}).text  # fmt: skip
    assert sent.count("的详情") == 8
    assert told(somebody.send("/tender", bidders="", **said).text) != ""
    assert "表头" in told(somebody.send("/tender", bidders="1,2,3,4,名称", **said).text)


def test_hostile_names_are_text(world: World) -> None:
    """A name is escaped wherever it stands."""
    somebody = person(world)
    page = asked(somebody, id="", name=HOSTILE, purpose=HOSTILE, case=HOSTILE)
    for shown in (page, somebody.get("/review").text, somebody.send("/check", name=HOSTILE, matter=HOSTILE).text):
        assert "<script>alert" not in shown
        assert "<img" not in shown
    assert "&lt;script&gt;" in page


def test_nothing_unseen_turns_a_page_round(world: World) -> None:
    """Bidi and other controls in names, officers and cases are shown as marks, wherever they came from."""
    turned = "北境\u202e有限\u2066公司\u200b\x85"
    by = replace(world.caller(), officer=f"王{turned}")
    words = {"subject": Subject(name=turned), "matter": "GPC", "case": turned}
    number = world.desk.check(words, by, purpose="资格审查").number
    due = world.desk.check({"subject": DEFAULTER, "matter": "GPC", "case": turned}, by, purpose="资格审查").number
    somebody, auditor = person(world), person(world, "auditor")
    pages = [
        somebody.send("/check/record", number=number).text, somebody.send("/check/plan", number=due).text,
        somebody.get("/feedback").text, auditor.send("/audit").text, somebody.get("/review").text,
        asked(somebody, id="", name=turned, case=turned, purpose=turned),
        somebody.send("/check", name=turned, matter=turned).text,
    ]  # fmt: skip
    for page in pages:
        assert re.search("[\u202a-\u202e\u2066-\u2069\u200b-\u200f\ufeff\x80-\x9f]", page) is None
    for page in (pages[0], pages[2], pages[3]):
        assert "北境\ufffd有限" in page


def test_figures_by_several_words(world: World) -> None:
    """统计: by any words together, 名单性质 and 措施方向 among them, each in its statutory term."""
    somebody = person(world)
    asked(somebody)
    page = somebody.send("/feedback", by=["list_kind", "effect"]).text
    for header in ("名单性质", "措施方向"):
        assert f'<th scope="col">{header}</th>' in page
    assert "<bdi>独立管理名单</bdi></td><td><bdi>惩戒措施</bdi>" in page
    assert page.count('name="by"') == len(BY)
    assert '<th scope="col">事项</th>' in somebody.send("/feedback", by="nonsense").text


def test_no_decision_stands_without_its_record(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """身份核实: the record comes first; where the decision could not be kept, a second record says so."""
    somebody = person(world)
    asked(somebody, id="91990000MA0DEM03XT", name="西岭示例物资有限公司")
    todo = somebody.get("/review").text
    said = {name: field(todo, name) for name in ("number", "batch", "row")} | {
        "outcome": "cleared",
        "reason": "核对执照",
    }

    def busy(*_: object, **__: object) -> None:
        raise RegistryError("registry.busy", "名单库正忙。", "请稍后再试。")

    with monkeypatch.context() as patched:
        patched.setattr(world.hosted.lists, "decide", busy)
        assert "正忙" in told(somebody.send("/review", **said).text)
    found = Audit(world.docket, world.desk.seal).search(Sought(action="identity"))
    assert [each.entry["detail"].get("not_kept") for each in found] == ["registry.busy", None]
    assert world.hosted.lists.verdicts() == ()
    with monkeypatch.context() as patched:
        patched.setattr(world.hosted.desk, "note", busy)
        assert "正忙" in told(somebody.send("/review", **said).text)
    assert world.hosted.lists.verdicts() == ()


def test_the_catalogue_is_read_and_searched(shared: World) -> None:
    """Entries are found by any of their words, and told as `catalog explain` tells them."""
    somebody = person(shared)
    assert "refuse-government-procurement" in somebody.send("/catalogue", query="政府采购 联合体").text
    assert "没有条目" in somebody.send("/catalogue", query="没有这样的词").text
    entry = somebody.send("/catalogue/entry", section="measures", entry="refuse-government-procurement").text
    assert "第22条第1款第2项" in entry
    for wrong in ({"section": "roots", "entry": "x"}, {"section": "measures", "entry": "x"}):
        assert "没有这个条目" in told(somebody.send("/catalogue/entry", **wrong).text)


def test_four_eyes_on_a_change(world: World) -> None:
    """An author writes and tries a change, another approves it, and the next check goes by it."""
    author, reviewer = person(world, "author"), person(world, "reviewer")
    sheet = {"path": "measures/restriction/our-measure.yaml", "text": TEXT, "title": "新增示例"}
    assert "第 5 行" in author.send("/workshop/look", **{**sheet, "text": TEXT.replace("degree:", "dgree:")}).text
    sample = {"kind": "enterprise", "id": "91990000MA0000001B", "matter": MATTER, "as_of": "2026-06-10",
              "list": "BL.GPC", "listed_on": "2026-02-01", "sampled": "yes"}  # fmt: skip
    assert "试算结果" in author.send("/workshop/try", **sheet, **sample).text
    assert "日期" in told(author.send("/workshop/try", **sheet, **{**sample, "as_of": "x"}).text)
    assert "名单" in told(author.send("/workshop/try", **sheet, **{**sample, "list": "BL.NONE"}).text)
    assert "位置" in told(author.send("/workshop/look", **{**sheet, "path": "../x.yaml"}).text)
    assert "标题" in told(author.send("/workshop/propose", **{**sheet, "title": ""}).text)
    number = field(author.send("/workshop/propose", **sheet).text, "number")
    assert author.send("/workshop/decide", number=number, act="approve").status_code == 403
    assert "理由" in told(reviewer.send("/workshop/decide", number=number, act="refuse").text)
    assert "已通过" in reviewer.send("/workshop/decide", number=number, act="approve").text
    assert "our-measure" in world.hosted.engine.tables.catalog.measures
    other = {**sheet, "text": TEXT.replace("title: 示例措施", "title: 改了名的措施")}
    changed = field(author.send("/workshop/propose", **other).text, "number")
    shown = reviewer.send("/workshop/proposal", number=changed).text
    assert "示例措施（改为本措施的名称） → 改了名的措施（改为本措施的名称）" in shown
    second = field(author.send("/workshop/propose", **sheet).text, "number")
    assert "没有差异" in author.send("/workshop/proposal", number=second).text
    assert "已撤回" in author.send("/workshop/decide", number=second, act="revoke").text
    assert "已通过" in author.get("/workshop").text


def test_lists_are_tried_and_taken_in(world: World) -> None:
    """A file is tried first and writes nothing; what a batch changed is shown masked."""
    operator = person(world, "operator")
    page = operator.get("/lists").text
    changes = operator.send("/lists/batch", batch=field(page, "batch")).text
    assert "91**************38" in changes
    assert DEFAULTER not in changes
    assert "没有选择" in told(operator.send("/lists").text)
    said = {"csrf": operator.csrf, "mapping_text": (SAMPLES / "lists.mapping.yaml").read_text(encoding="utf-8")}
    file = {"file": ("lists.csv", (SAMPLES / "lists.csv").read_bytes())}
    before = world.hosted.lists.batches()
    assert "试运行结束" in operator.ask("POST", "/lists", data={**said, "act": "try"}, files=file).text
    assert world.hosted.lists.batches() == before
    assert "已导入" in operator.ask("POST", "/lists", data={**said, "act": "import"}, files=file).text
    assert len(Audit(world.docket, world.desk.seal).search(Sought(action="import"))) == 2


def test_figures_and_what_is_pending(world: World) -> None:
    """What is owed is listed with its day, what is late says so, and the bars have their numbers in a table."""
    somebody = person(world)
    asked(somebody)
    world.clock.later(days=20)
    somebody.sign_in()
    page = somebody.send("/feedback", by="list", period="month").text
    assert "逾期 1 项" in page
    assert '<svg class="chart"' in page
    assert "失信被执行人名单" in page
    assert "日期" in told(somebody.send("/feedback", since="x").text)
    for days in ({"until": "9999-12-31"}, {"since": "0001-01-01"}):
        answer = somebody.send("/feedback", **days)
        assert (answer.status_code, "超出" in told(answer.text)) == (422, True)
    assert "没有核查记录" in somebody.send("/feedback", since="2030-01-01").text


def test_the_audit_is_searched_and_verified(world: World) -> None:
    """Auditors find what was done about a subject by its number; what they looked for is not kept, that they did is."""
    asked(person(world))
    auditor = Person(world)
    auditor.sign_in("auditor", officer="赵审计")
    found = auditor.send("/audit", subject=DEFAULTER).text
    assert "资格审查" in found
    assert "王经办" not in found
    assert "日期" in told(auditor.send("/audit", since="x").text)
    for days in ({"until": "9999-12-31"}, {"since": "0001-01-01"}):
        answer = auditor.send("/audit", **days)
        assert (answer.status_code, "超出" in told(answer.text)) == (422, True)
    assert "没有符合" in auditor.send("/audit", account="nobody").text
    assert "审计链完整" in auditor.send("/audit/verify").text
    with world.docket.writing() as connection:
        connection.exec_driver_sql("UPDATE docket_check SET purpose = '改' || purpose")
    assert "台账与审计不符：" in told(auditor.send("/audit/verify").text)
    with world.docket.writing() as connection:
        connection.exec_driver_sql("UPDATE docket_check SET purpose = substr(purpose, 2)")
    assert "审计链完整" in auditor.send("/audit/verify").text
    with world.docket.writing() as connection:
        connection.exec_driver_sql("UPDATE docket_audit SET entry = replace(entry, 'window', 'winter') WHERE seq = 7")
    assert "第 7 条不符" in told(auditor.send("/audit/verify").text)


def test_a_fault_of_ours_says_nothing_of_anybody(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bug is told without its text: that could hold a name."""
    somebody = person(world)
    monkeypatch.setattr(world.hosted.desk, "filed", lambda _: 1 / 0)
    answer = somebody.send("/check/record", number="HC1")
    assert answer.status_code == 500
    assert "内部出错" in told(answer.text)
    assert "division" not in answer.text
    assert somebody.ask("POST", "/check", content=b"x" * (2 << 20)).status_code == 413


def test_the_first_page_is_ones_own(world: World) -> None:
    """Each post begins where its work is."""
    assert person(world, "auditor").get("/").headers["location"] == "/audit"
    assert person(world, "operator").get("/").headers["location"] == "/feedback"
    assert matter_code(MATTER) == "GPC.SUPPLIER"
