"""The house keeps its own rules: sizes, names, layers, what the wheel carries and what the docs mention."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

import generate
import jointsanction
from error_codes import is_code

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "jointsanction"
SOURCES = sorted(PACKAGE.rglob("*.py"))

LINES_A_FILE = 300
LINES_A_FUNCTION = 30
LINES_ON_THE_HOT_PATH = 60
PARAMETERS = 5
POSITIONAL = 2
NESTING = 3
HOT = "# hot path"

Function = ast.FunctionDef | ast.AsyncFunctionDef
NESTS = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.Match)


class Place(NamedTuple):
    """A function of the package, where it stands, and its source lines."""

    file: Path
    node: Function
    lines: list[str]

    def __str__(self) -> str:
        """Show file, line and name."""
        return f"{self.file.relative_to(ROOT)}:{self.node.lineno} {self.node.name}"


def functions() -> Iterator[Place]:
    """Yield every function of the package."""
    for file in SOURCES:
        text = file.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, Function):
                yield Place(file, node, text.splitlines()[node.lineno - 1 : node.end_lineno])


def length(place: Place) -> int:
    """Return how many lines a function has, its docstring apart, and apart from a signature that is exempt."""
    first = place.node.body[0]
    told = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    signature = first.lineno - place.node.lineno if signature_is_free(place) else 0
    return len(place.lines) - signature - ((first.end_lineno or 0) - first.lineno + 1 if told else 0)


def depth(node: ast.AST, at: int = 0) -> int:
    """Return how deep blocks nest; an `elif` is no deeper than its `if`."""
    deepest = at
    for child in ast.iter_child_nodes(node):
        is_elif = isinstance(node, ast.If) and isinstance(child, ast.If) and child in node.orelse
        deepest = max(deepest, depth(child, at + (isinstance(child, NESTS) and not is_elif)))
    return deepest


def parameters(place: Place) -> tuple[int, int]:
    """Return how many parameters a function has and how many of them may be given by position."""
    arguments = place.node.args
    named = [argument.arg for argument in (*arguments.posonlyargs, *arguments.args)]
    positional = len(named) - (named[:1] in (["self"], ["cls"]))
    return positional + len(arguments.kwonlyargs), positional


def signature_is_free(place: Place) -> bool:
    """Tell whether STYLE §4 exempts a signature: the public `check_*`, the commands of `cli/`, a marked exception."""
    return place.node.name.startswith("check_") or "cli" in place.file.parts or "noqa: PLR0913 - " in place.lines[0]


def test_files_are_short() -> None:
    """STYLE §4: a file has at most 300 lines; vocabularies and table classes may be longer."""
    long = [file for file in SOURCES if len(file.read_text(encoding="utf-8").splitlines()) > LINES_A_FILE]
    assert [str(file) for file in long if file.parent.name != "terms" and file.name != "tables.py"] == []


def test_functions_are_short() -> None:
    """STYLE §4: a function has at most 30 lines; one marked function of the hot path has at most 60."""
    hot = [place for place in functions() if HOT in place.lines[0]]
    assert len(hot) <= 1
    assert [str(place) for place in hot if length(place) > LINES_ON_THE_HOT_PATH] == []
    assert [str(place) for place in functions() if place not in hot and length(place) > LINES_A_FUNCTION] == []


def test_signatures_are_small() -> None:
    """STYLE §4: at most five parameters; what embedders call takes the third by keyword only."""
    bound = [place for place in functions() if not signature_is_free(place)]
    assert [str(place) for place in bound if parameters(place)[0] > PARAMETERS] == []
    public = {PACKAGE / "__init__.py", PACKAGE / "engine.py", PACKAGE / "check.py", PACKAGE / "testing.py"}
    called = [place for place in bound if place.file in public and not place.node.name.startswith("_")]
    assert [str(place) for place in called if parameters(place)[1] > POSITIONAL] == []


def test_blocks_nest_at_most_three_deep() -> None:
    """STYLE §4: blocks nest at most three deep."""
    assert [str(place) for place in functions() if depth(place.node) > NESTING] == []


CONSTANT = ("Final", "typing.Final", "TypeAlias")


def module_state(file: Path) -> Iterator[str]:
    """Yield what a module assigns at its top that is neither `Final` nor a type."""
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.AnnAssign) and not ast.unparse(node.annotation).startswith(
            ("Final", "typing.Final", "TypeAlias")
        ):
            yield f"{file.relative_to(ROOT)}:{node.lineno} {ast.unparse(node.target)}"
        is_type = isinstance(node, ast.Assign) and (
            isinstance(node.value, ast.Name | ast.BinOp | ast.Subscript)
            or (isinstance(node.value, ast.Call) and ast.unparse(node.value.func).endswith(("TypeVar", "ParamSpec")))
        )
        if isinstance(node, ast.Assign) and not is_type and ast.unparse(node.targets[0]) != "__all__":
            yield f"{file.relative_to(ROOT)}:{node.lineno} {ast.unparse(node.targets[0])}"


def test_modules_hold_no_state() -> None:
    """STYLE §4: a module holds nothing but `Final` constants, and no function reaches for a global."""
    assert [state for file in SOURCES for state in module_state(file)] == []
    reached = [str(p) for p in functions() if any(isinstance(node, ast.Global) for node in ast.walk(p.node))]
    assert reached == []


def test_layers_point_one_way_down() -> None:
    """STYLE §2: the contract in pyproject.toml holds; lazy imports count too."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    done = subprocess.run([*command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stdout + done.stderr


def test_public_names_are_all_of_them() -> None:
    """STYLE §1: `__all__` is sorted and names exactly what an embedder may import, and type checkers see the same."""
    tree = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    imported = [alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names]
    assert jointsanction.__all__ == sorted(imported) == dir(jointsanction)
    assert [name for name in jointsanction.__all__ if not hasattr(jointsanction, name)] == []


DATA = ("measures", "rules", "samples", "mappings")


def test_the_wheel_carries_every_data_file() -> None:
    """STYLE §13: a file of measures, rules, samples or mappings in the checkout is in the wheel, byte for byte."""
    data = files("jointsanction") / "data"
    if not data.is_dir():
        pytest.skip("not installed from a wheel: `tox` runs this test on one")
    own = [file for folder in DATA for file in sorted((ROOT / folder).rglob("*")) if file.is_file()]
    carried = [file for file in own if not file.name.endswith(".test.yaml") and file.name != "README.md"]
    assert {file.parts[len(ROOT.parts)] for file in carried} == set(DATA)
    packed = [(data.joinpath(*file.relative_to(ROOT).parts), file) for file in carried]
    assert [
        str(file) for inside, file in packed if not inside.is_file() or inside.read_bytes() != file.read_bytes()
    ] == []
    assert (data / "catalogue.json").is_file()
    assert (files("jointsanction") / "py.typed").is_file()


HAND_WRITTEN = "\n".join(
    page.read_text(encoding="utf-8") for page in [*ROOT.glob("README*.md"), *ROOT.glob("docs/*.md")]
)


def test_every_public_name_is_in_the_docs() -> None:
    """STYLE §12: what an embedder may import is told in a page written by hand."""
    assert [name for name in jointsanction.__all__ if f"`{name}" not in HAND_WRITTEN] == []


def test_every_command_is_in_the_docs() -> None:
    """STYLE §12: the command page is made from the real `--help`, and every command has an example by hand."""
    page = generate.commands_page()
    assert [name for name in generate.command_names() if f"## jointsanction {name}" not in page] == []
    assert [name for name in generate.command_names() if f"jointsanction {name}" not in HAND_WRITTEN] == []


def test_every_error_code_is_in_the_docs() -> None:
    """STYLE §8: a code is a promise, so each one in the source is on the error page with what to do."""
    quoted = re.compile(r"""["'`]([a-z]+\.[a-z_]+)["'`]""")
    written = {text for file in SOURCES for text in quoted.findall(file.read_text(encoding="utf-8")) if is_code(text)}
    page = generate.errors_page()
    assert sorted(code for code in written if f"`{code}`" not in page) == []


PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DISTRIBUTIONS = {"pyyaml": "yaml", "python-calamine": "python_calamine"}


def test_every_dependency_has_a_reason_and_a_reader() -> None:
    """STYLE §13: a dependency is imported somewhere, and the docs say why it is there."""
    names = [re.split(r"[<>=\[; ]", line)[0] for line in PROJECT["dependencies"]]
    source = "\n".join(file.read_text(encoding="utf-8") for file in SOURCES)
    imported = set(re.findall(r"^\s*(?:from|import) (\w+)", source, flags=re.MULTILINE))
    why = (ROOT / "docs" / "why-built-so.md").read_text(encoding="utf-8")
    assert [name for name in names if DISTRIBUTIONS.get(name.lower(), name.lower()) not in imported] == []
    assert [name for name in names if f"`{name}`" not in why] == []


def test_every_extra_is_in_the_docs_with_a_reason() -> None:
    """STYLE §8, §13: what is left out by default is told in a page written by hand, and what it brings in as well."""
    extras = PROJECT["optional-dependencies"]
    why = (ROOT / "docs" / "why-built-so.md").read_text(encoding="utf-8")
    brought = {re.split(r"[<>=\[; ]", line)[0] for lines in extras.values() for line in lines}
    assert [name for name in extras if f"`jointsanction[{name}]`" not in HAND_WRITTEN] == []
    assert [name for name in brought if f"`{name}`" not in why] == []


def commands_of(page: str) -> list[str]:
    """Return the command lines of a page that a newcomer is to type in a shell."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return [
        line
        for block in re.findall(r"^```bash\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
        for line in block.splitlines()
    ]


def test_two_commands_and_ci_runs_the_second_last() -> None:
    """Whoever has Python and pip types one line to see the main job and one to run the tests; CI types the same."""
    install, test = commands_of("README.md")
    assert install.endswith("jointsanction demo")
    assert commands_of("README.en.md") == [install, test]
    assert (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()[-1] == test


def test_changelog_fragments_are_named_for_an_issue_and_a_kind() -> None:
    """STYLE §12: `changelog/<issue>.<type>.md`."""
    name = re.compile(r"\d+\.(feature|fix|removal|docs|measure)(\.\d+)?\.md")
    assert [file.name for file in (ROOT / "changelog").iterdir() if not name.fullmatch(file.name)] == []
