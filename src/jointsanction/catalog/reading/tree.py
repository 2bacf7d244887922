"""The tree of matters.yaml → matters (事项树): what a node leaves out it has from the node above."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pydantic import Field

from jointsanction.catalog.reading.entries import Entry, FileEntries, read_root
from jointsanction.catalog.reading.typed import Reading
from jointsanction.catalog.reading.yaml_text import MapNode, Place
from jointsanction.model.catalogue import AcceptedCommitment, Matter, MatterName, MatterRole, Value, Window
from jointsanction.terms import ActType, Level, MatterKind, Phase, Role, Trait
from jointsanction.terms import Field as FieldTerm

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jointsanction.catalog.files import CatalogFile


class MatterNode(Value):
    """One node of the tree of matters (事项): `children` lie below it, `also_under` names further nodes above."""

    title: str
    kind: MatterKind | None = None
    default_role: Role | None = None
    default_phase: Phase | None = None
    fields: tuple[FieldTerm, ...] | None = None
    traits: tuple[Trait, ...] = ()
    not_traits: tuple[Trait, ...] = ()
    granted_by: Level | None = None
    ordinary_way: str | None = None
    roles: dict[Role, MatterRole] = Field(default_factory=dict)
    aliases: tuple[MatterName, ...] = ()
    requires_acts: tuple[ActType, ...] = ()
    window: Window | None = None
    commitment_types: tuple[AcceptedCommitment, ...] = ()
    credit_report_required: bool | None = None
    also_under: tuple[str, ...] = ()
    note: str | None = None
    overrides: bool = False
    children: dict[str, MatterNode] = Field(default_factory=dict)


class MatterFile(Value):
    """The file matters.yaml (事项清单)."""

    matters: dict[str, MatterNode]


_ITS_OWN: Final = {"title", "traits", "not_traits", "aliases", "requires_acts", "commitment_types", "note", "overrides"}


class _Leaf(NamedTuple):
    """A node of the tree and what it hangs from."""

    code: str
    written: MatterNode | None
    above: str | None
    node: MapNode
    place: Place


def read_matters(file: CatalogFile) -> FileEntries:
    """Return the matters of a file.

    A file with anything wrong gives entries without values, so that codes named elsewhere are still known.
    """
    root, problems = read_root(file)
    if root is None:
        return FileEntries((), problems, readable=False)
    reading = Reading(file.shown)
    tree = reading.read(root, MatterFile, {})
    grown: dict[str, Matter | None] = {}
    entries = []
    for leaf in _leaves(root, tree):
        value = _grow(leaf, None if leaf.above is None else grown.get(leaf.above), reading, file.layer)
        grown[leaf.code] = value
        entries.append(Entry("matters", leaf.code, value, file, leaf.node, leaf.place))
    return FileEntries(tuple(entries), (*problems, *reading.problems), readable=bool(entries) or tree is not None)


def _leaves(root: MapNode, tree: MatterFile | None) -> Iterator[_Leaf]:
    top = root.entries.get("matters")
    if top is not None and isinstance(top.value, MapNode):
        yield from _below(top.value, tree.matters if tree else {}, None)


def _below(nodes: MapNode, written: Mapping[str, MatterNode], above: str | None) -> Iterator[_Leaf]:
    for code, entry in nodes.entries.items():
        node = entry.value if isinstance(entry.value, MapNode) else MapNode({}, entry.value.place)
        here = written.get(code)
        yield _Leaf(code, here, above, node, entry.key)
        children = node.entries.get("children")
        if children is not None and isinstance(children.value, MapNode):
            yield from _below(children.value, here.children if here else {}, code)


def _grow(leaf: _Leaf, heir: Matter | None, reading: Reading, layer: str) -> Matter | None:
    """Return the matter of a node, None when it is incomplete; `heir` is the node above, whose words it inherits."""
    written = leaf.written
    if written is None or (leaf.above is not None and heir is None):
        return None
    kind = written.kind or (None if heir is None else heir.kind)
    role = written.default_role or (None if heir is None else heir.default_role)
    for name, value in (("kind", kind), ("default_role", role)):
        if value is None:
            message = f"缺少必填字段 '{name}'：上级事项也没有可以沿用的。"
            reading.fault(leaf.place, "catalog.missing_key", message)
    if kind is None or role is None:
        return None
    return Matter(
        code=leaf.code,
        parents=(*(() if leaf.above is None else (leaf.above,)), *written.also_under),
        kind=kind,
        default_role=role,
        layer=layer,
        **_inherited(written, heir),
        **written.model_dump(include=_ITS_OWN),
    )


def _inherited(written: MatterNode, heir: Matter | None) -> dict[str, Any]:
    """Return what a node has from above where it says nothing itself."""
    found: dict[str, Any] = {
        "default_phase": written.default_phase or Phase.BEFORE,
        "fields": written.fields or (),
        "granted_by": written.granted_by,
        "ordinary_way": written.ordinary_way,
        "roles": written.roles,
        "window": written.window,
        "credit_report_required": bool(written.credit_report_required),
    }
    if heir is not None:
        found |= {key: getattr(heir, key) for key in found if getattr(written, key) is None}
        found["roles"] = {**heir.roles, **written.roles}
    return found
