"""YAML files of the importer (表头别名、映射文件), read as strictly as the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jointsanction.catalog.reading.yaml_text import ListNode, MapNode, TextNode, read_yaml
from jointsanction.errors import Problem, RegistryError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jointsanction.catalog.reading.yaml_text import Node

HINT: Final = "逐条改正映射文件后重新导入。"


class MapFile:
    """One YAML mapping with everything wrong that was found in it (映射文件)."""

    def __init__(self, raw: bytes, file: str) -> None:
        """Read the file; what can't be read at all is raised at once.

        Raises:
            RegistryError: `registry.mapping` with all problems and their places.
        """
        self.file = file
        document = read_yaml(raw, file)
        self.problems: list[Problem] = list(document.problems)
        if document.root is None or self.problems:
            raise mapping_error(self.problems)
        self.root: MapNode = document.root

    def text(self, node: Node) -> str:
        """Return the text of a scalar; anything else is a problem."""
        if isinstance(node, TextNode):
            return "" if node.is_null else node.text.strip()
        self.fault(node, "应为一个值，不能是列表或映射。")
        return ""

    def texts(self, node: Node) -> tuple[str, ...]:
        """Return the texts of a list; a single text is a list of one."""
        if isinstance(node, ListNode):
            return tuple(self.text(item) for item in node.items)
        return (self.text(node),)

    def pairs(self, node: Node) -> dict[str, Node]:
        """Return the entries of a mapping; anything else is a problem."""
        if isinstance(node, MapNode):
            return {key: entry.value for key, entry in node.entries.items()}
        self.fault(node, "应为“键: 值”的映射。")
        return {}

    def fault(self, node: Node, message: str) -> None:
        """Note a problem where a node stands."""
        self.problems.append(Problem(self.file, *node.place, "registry.mapping", message))

    def finish(self) -> None:
        """Raise everything noted, if anything was."""
        if self.problems:
            raise mapping_error(self.problems)


def mapping_error(problems: Iterable[Problem]) -> RegistryError:
    """Return the error that shows every problem of a mapping file on its own line."""
    return RegistryError("registry.mapping", "\n".join(map(str, sorted(problems))), HINT)


def as_texts(file: MapFile, node: Node) -> Mapping[str, str]:
    """Return a mapping of texts."""
    return {key: file.text(value) for key, value in file.pairs(node).items()}
