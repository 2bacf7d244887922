"""Matters → the tree of matters.yaml (事项树): a node says only what it does not have from the node above."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from jointsanction.terms import Phase

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jointsanction.model.catalogue import Matter

_HANDED_DOWN: Final = ("kind", "default_role", "default_phase", "fields", "granted_by", "ordinary_way", "window")
_NOT_WRITTEN: Final = {"code", "parents", "layer", "roles", *_HANDED_DOWN}
_DEEPEST: Final = 4
"""No deeper, for a file may not nest without end; what lies lower names its place by `also_under`."""

_NOTHING: Final[dict[str, Any]] = {
    **dict.fromkeys(_HANDED_DOWN),
    "default_phase": Phase.BEFORE.value,
    "fields": [],
}
"""What a node of the top has when it says nothing."""


def tree_of(matters: Mapping[str, Matter]) -> dict[str, dict[str, Any]]:
    """Return the nodes of the top with those below them under `children`, as `tree` reads them back (还原事项树).

    No matter may lie below itself.
    """
    above = {code: _above(matter, matters) for code, matter in sorted(matters.items())}
    for code in above:
        if _depth(code, above) > _DEEPEST:
            above[code] = None
    nodes = {code: _node(matters[code], matters[name] if (name := above[code]) else None) for code in above}
    for code, name in above.items():
        if name is not None:
            nodes[name].setdefault("children", {})[code] = nodes[code]
    return {code: node for code, node in nodes.items() if above[code] is None}


def _depth(code: str, above: Mapping[str, str | None]) -> int:
    name = above[code]
    return 0 if name is None else 1 + _depth(name, above)


def _above(matter: Matter, matters: Mapping[str, Matter]) -> str | None:
    """Return the node a matter hangs from, None when it stands by itself: what it would inherit must be its own."""
    above = matters.get(matter.parents[0]) if matter.parents else None
    if above is None:
        return None
    lacks = any(
        getattr(matter, key) is None and getattr(above, key) is not None
        for key in ("granted_by", "ordinary_way", "window")
    )
    return None if lacks or not above.roles.keys() <= matter.roles.keys() else above.code


def _node(matter: Matter, above: Matter | None) -> dict[str, Any]:
    whole, said = matter.model_dump(mode="json"), matter.model_dump(mode="json", exclude_defaults=True)
    inherited = above.model_dump(mode="json") if above is not None else _NOTHING
    roles = above.roles if above is not None else {}
    changed = {role: said["roles"][role] for role, there in matter.roles.items() if roles.get(role) != there}
    also = matter.parents if above is None else matter.parents[1:]
    return {
        "title": matter.title,
        **{key: said.get(key, whole[key]) for key in _HANDED_DOWN if whole[key] != inherited[key]},
        **({"roles": changed} if changed else {}),
        **({"also_under": list(also)} if also else {}),
        **{key: value for key, value in said.items() if key not in {"title", *_NOT_WRITTEN}},
    }
