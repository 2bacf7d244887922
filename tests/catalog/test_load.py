"""Roots become one catalogue: folders, layers, what follows from where a file lies."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pydantic import BaseModel

from jointsanction.catalog.load import load_catalog, load_over, load_with_sources
from jointsanction.catalog.reading.shapes import shapes_of
from jointsanction.errors import CatalogError
from jointsanction.model.catalogue import Catalog, ListType
from jointsanction.terms import Condition, Effect, Event, Level, ListKind, Relation, Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from jointsanction.errors import Problem

MEASURE = Path("measures/restriction/refuse-trade.yaml")


def put(root: Path, file: str, text: str) -> None:
    """Write one file of a root."""
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_effect_and_layer_follow_from_the_folder(world: Path) -> None:
    """An author can't put a restriction among the incentives by a wrong word."""
    measures = load_catalog([world]).measures
    assert measures["refuse-trade"].effect is Effect.RESTRICTION
    assert measures["favour-trade"].effect is Effect.INCENTIVE
    assert measures["refuse-trade"].layer == "national"
    assert measures["withhold-fast-lane"].layer == "990000"


def test_short_forms_mean_what_they_say(world: Path) -> None:
    """One value stands for a list of one, a word for the mapping it begins."""
    measures = load_catalog([world]).measures
    assert [bearer.role for bearer in measures["refuse-trade"].bears] == [Relation.SELF, Relation.LEGAL_REPRESENTATIVE]
    assert measures["bar-after-sentence"].term[0].runs_from == (Event.SENTENCE_SERVED,)
    conditions = measures["favour-trade"].conditions
    assert [(one.condition, one.years, one.text) for one in conditions] == [
        (Condition.CLEAN_PERIOD, 3, None),
        (Condition.MEETS, None, "守信承诺"),
        (Condition.OTHER_THINGS_EQUAL, None, None),
    ]


def test_types_come_from_the_schema(world: Path) -> None:
    """An article without quotes is a text, a Chinese date is a day, quotes decide only where both would do."""
    put(
        world,
        "measures/instruments/city-law.yaml",
        "id: city-law\ntitle: 2020\nissuer: ~\nlevel: law\nvalid_from: '2020年5月1日'\n",
    )
    text = (world / "rules/suspend-incentives.yaml").read_text(encoding="utf-8")
    put(
        world,
        "rules/suspend-incentives.yaml",
        text.replace(
            "question: {",
            "question: {region: {within: ['990000'], known: true}, matter: {known: true}}\n    - question: {",
        ),
    )
    catalog = load_catalog([world])
    assert catalog.instruments["city-law"].title == "2020"
    assert catalog.instruments["city-law"].valid_from == date(2020, 5, 1)
    first, second, _ = catalog.rules["suspend-incentives"].when.all or ()
    assert (first.listing or {})["in-force"] == {"eq": True}
    assert (second.question or {})["region"] == {"within": ("990000",), "known": True}


def test_a_matter_inherits_what_it_leaves_out(world: Path) -> None:
    """What a node says of itself goes before what its parent says; also_under gives nothing but the way up."""
    matters = load_catalog([world]).matters
    assert matters["TRADE.LIC"].kind is matters["TRADE"].kind
    assert matters["TRADE.FAST"].granted_by is Level.DEPARTMENT_RULE
    assert Role.EVALUATION_EXPERT in matters["TRADE.LIC"].roles
    assert matters["WATCH.TRADE"].parents == ("WATCH", "TRADE")
    assert matters["WATCH.TRADE"].fields == ()
    assert matters["WATCH.TRADE"].default_phase == "during"


def test_cases_and_hidden_files_are_no_entries(world: Path) -> None:
    """Editors leave files behind; readmes explain."""
    put(world, "measures/restriction/.refuse-trade.yaml", "x")
    put(world, "measures/.cache/a.yaml", "x")
    put(world, "measures/README.md", "# 说明\n")
    assert set(load_catalog([world]).measures) == {
        "refuse-trade", "favour-trade", "withhold-fast-lane", "bar-after-sentence", "supervise-low-grade",
    }  # fmt: skip


def test_a_later_root_overrides_when_it_says_so(world: Path, tmp_path: Path) -> None:
    """A city may replace an entry, and the finding will name the city's folder."""
    text = (world / MEASURE).read_text(encoding="utf-8").replace("不予贸易许可\n", "本市不予贸易许可\n")
    put(tmp_path / "our-city", "restriction/refuse-trade.yaml", text + "overrides: true\n")
    put(
        tmp_path / "our-city",
        "matters.yaml",
        "matters:\n  CITY: {title: 市, kind: right, default_role: applicant, also_under: [TRADE]}\n",
    )
    catalog = load_catalog([world, tmp_path / "our-city"])
    assert catalog.measures["refuse-trade"].title == "本市不予贸易许可"
    assert catalog.measures["refuse-trade"].layer == "our-city"
    assert catalog.matters["CITY"].parents == ("TRADE",)
    assert catalog.roots == ("national", "our-city")


def test_a_root_is_laid_over_a_catalogue(world: Path, tmp_path: Path) -> None:
    """Over the shipped catalogue no root is national; what the catalogue holds may be named."""
    base = load_catalog([world])
    text = (world / MEASURE).read_text(encoding="utf-8").replace("refuse-trade", "refuse-city-trade")
    put(tmp_path / "our-city", "measures/restriction/refuse-city-trade.yaml", text + 'region: "990100"\n')
    catalog = load_over(base, [tmp_path / "our-city"])
    assert catalog.measures["refuse-city-trade"].layer == "our-city"
    assert catalog.measures["refuse-trade"] is base.measures["refuse-trade"]


def test_an_id_of_the_base_is_taken(world: Path, tmp_path: Path) -> None:
    """An entry can't be replaced by accident; a name of the base can't be given away either."""
    base = load_catalog([world])
    put(tmp_path / "city", "measures/restriction/refuse-trade.yaml", (world / MEASURE).read_text(encoding="utf-8"))
    put(
        tmp_path / "city",
        "measures/lists/BL.ABC.yaml",
        "code: BL.ABC\ntitle: 第一黑名单\nkind: black\nauthority: [市局]\n",
    )
    with pytest.raises(CatalogError) as caught:
        load_over(base, [tmp_path / "city"])
    assert [problem.code for problem in caught.value.problems] == ["catalog.alias_clash", "catalog.taken_id"]


def test_one_id_has_one_file(world: Path, problems: Callable[..., tuple[Problem, ...]]) -> None:
    """A measure can't be national and local under one id."""
    text = (world / MEASURE).read_text(encoding="utf-8")
    put(world, "measures/local/990000/restriction/refuse-trade.yaml", text + 'region: "990000"\n')
    (problem,) = problems(world)
    assert problem.code == "catalog.duplicate_id"
    assert "local/990000/restriction/refuse-trade.yaml:1" in problem.message or "refuse-trade.yaml:1" in problem.message


@pytest.mark.parametrize(("folder", "code"), [("nowhere", "no_root"), ("empty", "empty_root")])
def test_a_root_without_anything_is_a_mistake(
    folder: str, code: str, tmp_path: Path, problems: Callable[..., tuple[Problem, ...]]
) -> None:
    """A mistyped path must not come out as a catalogue without measures."""
    (tmp_path / "empty").mkdir()
    assert [problem.code for problem in problems(tmp_path / folder)] == [f"catalog.{code}"]


def test_nothing_lies_unread_beside_measures(world: Path, problems: Callable[..., tuple[Problem, ...]]) -> None:
    """A restriction/ next to measures/ would silently do nothing."""
    put(world, "restriction/refuse-more.yaml", "id: refuse-more\n")
    (problem,) = problems(world)
    assert (problem.code, problem.file) == ("catalog.misplaced_file", (world / "restriction").as_posix())


def test_a_broken_file_brings_no_second_complaint(world: Path, problems: Callable[..., tuple[Problem, ...]]) -> None:
    """Whoever names a list whose file is broken has named it rightly."""
    put(world, "measures/lists/BL.ONE.yaml", "code: BL.ONE\ntitle: '没有闭合\n")
    put(world, "measures/schemes.yaml", "schemes: [a, b\n")
    assert {problem.code for problem in problems(world)} == {"catalog.unclosed_quote", "catalog.unclosed_bracket"}


def test_every_entry_knows_its_place(world: Path) -> None:
    """Whoever reports on an entry can name file and line."""
    sources = load_with_sources([world]).sources
    entry = sources["matters", "TRADE.FAST"]
    assert (entry.file.path, entry.place.line) == (world / "measures/matters.yaml", 12)
    assert sources["measures", "refuse-trade"].file.cases.name == "refuse-trade.test.yaml"


def test_rules_alone_make_a_root(world: Path, tmp_path: Path) -> None:
    """A host may add nothing but rules."""
    text = (world / "rules/suspend-incentives.yaml").read_text(encoding="utf-8")
    put(tmp_path / "host", "rules/suspend-more.yaml", text.replace("id: suspend-incentives", "id: suspend-more"))
    assert set(load_catalog([world, tmp_path / "host"]).rules) == {"suspend-incentives", "suspend-more"}


def test_what_was_wrong_below_is_not_reported_above(tmp_path: Path) -> None:
    """A host that adds a root hears of its own files only."""
    twins = {code: ListType(code=code, title="同名", kind=ListKind.RED, authority=("部",)) for code in ("RL.A", "RL.B")}
    (tmp_path / "city" / "rules").mkdir(parents=True)
    assert set(load_over(Catalog(lists=twins), [tmp_path / "city"]).lists) == {"RL.A", "RL.B"}


def test_a_type_without_a_shape_is_a_bug() -> None:
    """A model with a field nobody can write in YAML shows itself at once."""

    class Odd(BaseModel):
        raw: bytes

    with pytest.raises(TypeError, match="bytes"):
        shapes_of(Odd)
