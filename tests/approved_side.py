"""A store whose catalogue was changed with four eyes: an own list, and two measures proposed and approved on it."""

from __future__ import annotations

import secrets
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import store_side
from jointsanction.engine import Engine, shanghai_now
from jointsanction.loop.desk import Desk
from jointsanction.model.proposal import Proposal
from jointsanction.root import default_root
from jointsanction.store import Store
from jointsanction.store.docket.docket import Docket
from jointsanction.store.docket.proposals import decide_proposal, instant_of_decision, write_proposal
from jointsanction.terms import ProposalState

if TYPE_CHECKING:
    from jointsanction.model.catalogue import Catalog

ROOT = Path(str(default_root()))
FIRM = store_side.FIRM
ASKED = {"subject": FIRM, "matter": "procurement", "coverage": "loaded", "as_of": "2024-06-10"}
_SHIPPED = (ROOT / "measures/restriction/refuse-government-procurement.yaml").read_text(encoding="utf-8")
BAN = "measures/restriction/our-ban.yaml"
OTHER = "measures/restriction/our-other.yaml"


def measure(name: str, *lists: str, title: str = "本地禁止") -> str:
    """Return a measure that prohibits whoever stands on some lists from procurement."""
    ours = [line for line in _SHIPPED.splitlines() if not line.startswith(("#", "row:", "note:"))]
    said = {"id": name, "title": title, "targets": f"{{lists: [{', '.join(lists)}]}}"}
    changed = (f"{key}: {said[key]}" if (key := line.split(":")[0]) in said else line for line in ours)
    return "\n".join(changed) + "\n"


def own_law(folder: Path) -> Path:
    """Write a catalogue of our own that holds one list, BL.OURS, and return its folder."""
    text = (ROOT / "measures/lists/BL.DRUG.yaml").read_text(encoding="utf-8")
    text = text.replace("code: BL.DRUG", "code: BL.OURS").replace("药品安全严重失信名单", "测试名单")
    start, end = text.index("aliases:"), text.index("disclosure:")
    place = folder / "law/measures/lists"
    place.mkdir(parents=True)
    (place / "BL.OURS.yaml").write_text(text[:start] + text[end:], encoding="utf-8")
    return folder / "law"


def lists_in(folder: Path) -> str:
    """Make a store in which a firm stands on BL.DRUG, and return its address."""
    store = store_side.opened(folder)
    store_side.take(store, [store_side.listing(list="BL.DRUG", row=1)], covers=["BL.DRUG"])
    return store_side.url(folder)


def desk_of(url: str, base: Catalog) -> Desk:
    """Return a desk over a store, whose engine answers by a catalogue as it is."""
    store = Store.open(url)
    return Desk(Engine(base, store.registry(), store=store), store, Docket.open(url))


def enact(docket: Docket, files: dict[str, str], title: str = "新增") -> str:
    """Keep a change as one that two people brought into force, and return its number; nothing is looked over."""
    now = shanghai_now()
    made = Proposal(
        number=f"MLXG-{secrets.token_hex(4)}",
        title=title,
        files=files,
        against={},
        author="author",
        state=ProposalState.PROPOSED,
        recorded_at=now,
    )
    with docket.writing() as connection:
        write_proposal(connection, made)
        done = replace(made, state=ProposalState.APPROVED, reviewer="reviewer", reason="审核通过")
        decide_proposal(connection, done, instant_of_decision(connection, now))
    return made.number


def enacted(folder: Path) -> tuple[str, Path, str]:
    """Return the address of a store with two approved measures, the own catalogue they need, and the second's number.

    The first prohibits whoever stands on BL.DRUG, the second whoever stands on BL.OURS.
    """
    folder.mkdir(exist_ok=True)
    url, law = lists_in(folder), own_law(folder)
    docket = Docket.open(url)
    enact(docket, {BAN: measure("our-ban", "BL.DRUG")}, "禁止一")
    return url, law, enact(docket, {OTHER: measure("our-other", "BL.OURS", title="本地禁止二")}, "禁止二")


def lose_the_list(law: Path) -> Path:
    """Take the list away on which the second measure rests, and return where it lay."""
    lost = law / "measures/lists/BL.OURS.yaml"
    lost.rename(law / "lost")
    return lost
