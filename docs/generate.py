"""Make the pages that come from code: vocabulary, errors, commands, public names and the catalogue itself.

They can't grow stale, because nobody writes them: `docs/conf.py` calls `write_pages` before each build.
"""

from __future__ import annotations

import contextlib
import inspect
import io
import shutil
from collections import Counter
from typing import TYPE_CHECKING

import typer

import catalogue_pages
from catalogue_pages import table
from error_codes import FAMILIES, PLACE, codes
from jointsanction import errors, terms
from jointsanction.catalog.bundle import default_catalog
from jointsanction.catalog.linting.help_words import HELP
from jointsanction.catalog.linting.words import LINTS
from jointsanction.cli import main
from jointsanction.cli.app import APP

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def write_pages(folder: Path) -> None:
    """Write every generated page into a folder."""
    pages = {
        "vocabulary": vocabulary_page(),
        "errors": errors_page(),
        "lints": lints_page(),
        "commands": commands_page(),
        **catalogue_pages.pages(default_catalog(), folder.parents[1]),
    }
    # What is no longer in the catalogue must not stay in the documentation.
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in pages.items():
        path = folder / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def statutory_term(thing: object) -> str:
    """Return the term in brackets with which the first line of a docstring ends (法定用语)."""
    line = (inspect.getdoc(thing) or "").partition("\n")[0]
    return line.rpartition("(")[2].partition(")")[0]


def vocabulary_page() -> str:
    """Return every closed vocabulary with the statutory word of each value (封闭词表)."""
    parts = ["# 词表", "代码、YAML、JSON、命令行用同一批英文词，每个词对应一个法定用语。"]
    for name in terms.__all__:
        family = getattr(terms, name)
        if isinstance(family, type) and issubclass(family, terms.Term) and family is not terms.Term:
            rows = ([f"`{word.value}`", word.zh] for word in family)
            parts += [f"## {name}（{statutory_term(family)}）", table(["值", "法定用语"], rows)]
    return "\n\n".join(parts) + "\n"


def errors_page() -> str:
    """Return the exception tree and every error code in the source (错误)."""
    tree = inspect.cleandoc((errors.__doc__ or "").partition("::")[2].partition("Messages are")[0])
    parts = [
        "# 错误",
        "程序只认代码：代码稳定不变，措辞可以改进。",
        f"```text\n{tree}\n```",
        f"下面各表由源代码生成，“{PLACE}”处是当时的值。",
    ]
    every = codes()
    for title, families in FAMILIES.items():
        found = [one for one in every if one.code.partition(".")[0] in families]
        columns = 3 if any(one.hint for one in found) else 2
        rows = ([f"`{one.code}`", one.message, one.hint][:columns] for one in found)
        parts += [f"## {title}", table(["代码", "说什么", "怎么办"][:columns], rows)]
    return "\n\n".join(parts) + "\n"


def lints_page() -> str:
    """Return every remark of the linter: its level, what it says, why, and what to do (检查项)."""
    counted = Counter(level for level, _ in LINTS.values())
    counts = "，".join(f"{level} {counted[level]}" for level in ("error", "warning", "info"))
    parts = [
        "# 检查项",
        "`jointsanction catalog lint` 的每一种意见：说什么，为什么，怎么办。\n代码稳定不变，措辞可以改进。",
        "error 使结论出错，warning 要作者看一看，info 供读者知道。",
        f"共 {len(LINTS)} 种：{counts}。",
        table(["代码", "级别", "说什么"], ([f"[`{code}`](#lint-{code})", *LINTS[code]] for code in LINTS)),
    ]
    for code, (level, said) in LINTS.items():
        sentences = HELP[code].replace("。", "。\n").strip()
        parts += [f"(lint-{code})=\n\n## {code}", f"{level}：{said}", sentences]
    return "\n\n".join(parts) + "\n"


def commands_page() -> str:
    """Return what every command says of itself when asked with `--help` (命令)."""
    parts = ["# 命令", "每条命令都可以加 `--help` 查看用法；下面就是它们的原话。"]
    for name in ["", *command_names()]:
        parts += [f"## jointsanction {name}".rstrip(), f"```text\n{help_of(name.split())}\n```"]
    return "\n\n".join(parts) + "\n"


def command_names() -> list[str]:
    """Return every command as it is typed, those inside a group after their group's name."""
    return sorted(_names_below(typer.main.get_command(APP), ""))


def _names_below(command: object, prefix: str) -> Iterator[str]:
    for name, child in getattr(command, "commands", {}).items():
        yield from _names_below(child, f"{prefix}{name} ") if hasattr(child, "commands") else [f"{prefix}{name}"]


def help_of(words: list[str]) -> str:
    """Return what a command prints for `--help`."""
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        main([*words, "--help"])
    return "\n".join(line.rstrip() for line in told.getvalue().strip().splitlines())
