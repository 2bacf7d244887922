"""How opening, looking up and memory grow with the rows of a snapshot, drawn (快照增长图).

    python benchmarks/snapshot_plot.py FILE.json FILE.svg

Two panels over the number of rows, both axes in powers of ten: seconds to open and microseconds a look-up; and the
growth of private memory by a hundred thousand look-ups and by as many checks. `benchmarks/snapshot.py` writes the file.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

WIDE, HIGH, LEFT, TOP, GAP = 330, 230, 66, 44, 96


class Line(NamedTuple):
    """One line of a panel: what it shows, its colour, and how its figure is taken out of a measurement."""

    said: str
    colour: str
    figure: Callable[[dict[str, Any]], float]


class Panel(NamedTuple):
    """One panel: its title, the powers of ten that its axis goes from and to, and its lines."""

    title: str
    powers: tuple[int, int]
    lines: Sequence[Line]


PANELS = (
    Panel(
        "打开与查询（中位）",
        (-1, 5),
        (
            Line("打开，微秒", "#b45309", lambda told: told["look_up"]["open"] * 1e6),
            Line("快照查询，微秒", "#1d4ed8", lambda told: told["compare"]["snapshot"]["all"][0]),
            Line("字典查询，微秒", "#6b7280", lambda told: told["compare"]["dictionary"]["all"][0]),
            Line("SQLite 查询，微秒", "#047857", lambda told: told["compare"]["sqlite"]["all"][0]),
        ),
    ),
    Panel(
        "自有内存增长（RssAnon，MiB）",
        (-1, 2),
        (
            Line("十万次查询", "#1d4ed8", lambda told: told["look_up"]["RssAnon"]),
            Line("十万次核查", "#b45309", lambda told: told["check"]["grown"]["RssAnon"]),
        ),
    ),
)


def drawing(measured: Sequence[dict[str, Any]]) -> str:
    """Return the plot as SVG."""
    told = sorted(measured, key=lambda one: one["rows"])
    wide = LEFT + len(PANELS) * (WIDE + GAP)
    said = "快照的打开时间、查询耗时和自有内存随记录数的增长"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {TOP + HIGH + 60}" role="img">',
        f"<title>{said}</title>",
        "<style>text {font: 12px sans-serif}</style>",
        '<rect width="100%" height="100%" fill="#ffffff"/>',
    ]
    for at, panel in enumerate(PANELS):
        parts += _panel(panel, told, LEFT + at * (WIDE + GAP))
    return "\n".join([*parts, "</svg>", ""])


def _panel(panel: Panel, told: Sequence[dict[str, Any]], left: int) -> list[str]:
    low, high = panel.powers
    first = math.floor(math.log10(told[0]["rows"]))
    last = max(math.ceil(math.log10(told[-1]["rows"])), first + 1)

    def across(rows: float) -> float:
        return left + WIDE * (math.log10(rows) - first) / (last - first)

    def down(figure: float) -> float:
        return TOP + HIGH * (high - math.log10(max(figure, 10.0**low))) / (high - low)

    parts = [f'<text x="{left}" y="{TOP - 20}">{panel.title}</text>']
    for power in range(low, high + 1):
        y = down(10.0**power)
        parts.append(f'<path d="M{left} {y:.1f}h{WIDE}" stroke="#e5e7eb"/>')
        parts.append(f'<text x="{left - 8}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:g}</text>')
    for power in range(first, last + 1):
        x = across(10.0**power)
        parts.append(f'<path d="M{x:.1f} {TOP}v{HIGH}" stroke="#e5e7eb"/>')
        parts.append(f'<text x="{x:.1f}" y="{TOP + HIGH + 18}" text-anchor="middle">{10**power:,} 条</text>')
    for at, line in enumerate(panel.lines):
        points = [(across(one["rows"]), down(line.figure(one))) for one in told]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{line.colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{line.colour}"/>' for x, y in points]
        beside = left + at % 2 * WIDE // 2, TOP + HIGH + 36 + at // 2 * 16
        parts.append(f'<text x="{beside[0]}" y="{beside[1]}" fill="{line.colour}">● {line.said}</text>')
    return parts


if __name__ == "__main__":
    figures = json.loads(Path(sys.argv[1]).read_text())
    Path(sys.argv[2]).write_text(drawing(list(figures.values())), encoding="utf-8")
