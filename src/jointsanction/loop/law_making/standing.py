"""What stands in the place of a file that a change brings (现行文本): an approved one, an entry of the catalogue.

A change is written against that. When it is another by the time of the review, nobody has read the two together.
"""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from jointsanction.catalog.files import SINGLES, Section
from jointsanction.store.docket.in_force import files_of
from jointsanction.store.docket.proposals import proposals_known
from jointsanction.terms import ProposalState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jointsanction.model.catalogue import Catalog
    from jointsanction.model.proposal import Proposal
    from jointsanction.store.docket.docket import Docket


class Standing(NamedTuple):
    """All approved changes at one instant (已通过的修改): their numbers in order, and their files, path to text."""

    numbers: tuple[str, ...]
    files: Mapping[str, str]

    def with_(self, files: Mapping[str, str]) -> dict[str, str]:
        """Return the files as they would be with a change."""
        return {**self.files, **files}


def standing_in(docket: Docket) -> Standing:
    """Return the approved changes of a docket (已通过的修改)."""
    with docket.reading() as connection:
        changes = proposals_known(connection, ProposalState.APPROVED)
    return Standing(tuple(change.number for change in changes), files_of(changes))


def digests(base: Catalog, standing: Standing, paths: Iterable[str]) -> dict[str, str]:
    """Return what stands in the place of each path, as digests (现行文本的摘要)."""
    return {path: _digest(base, standing.files.get(path), path) for path in paths}


def overtaken(base: Catalog, standing: Standing, proposal: Proposal) -> tuple[str, ...]:
    """Return the paths of a change in whose place something else stands than when it was proposed (提出后已变动)."""
    now = digests(base, standing, proposal.files)
    return tuple(sorted(path for path in now if now[path] != proposal.against.get(path)))


def _digest(base: Catalog, text: str | None, path: str) -> str:
    whole = json.dumps([text, _beneath(base, path)], ensure_ascii=False, sort_keys=True)
    return sha256(whole.encode()).hexdigest()


def _beneath(base: Catalog, path: str) -> list[dict[str, Any]]:
    """Return the entries of the catalogue that a file of this name would override."""
    name = PurePosixPath(path).name
    if name in SINGLES:
        section = getattr(base, SINGLES[name])
        return [{key: entry.model_dump(mode="json") for key, entry in section.items()}]
    found = (getattr(base, section).get(name.removesuffix(".yaml")) for section in get_args(Section))
    return [entry.model_dump(mode="json") for entry in found if entry is not None]
