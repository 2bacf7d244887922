"""The page of figures and the plot that go into the documentation (测量结果页), made from what the benchmarks said."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

WIDE, ROW, LEFT, TOP = 520, 24, 190, 40
COLOURS = {"floor": "#6b7280", "ours": "#1d4ed8", "document": "#60a5fa"}
OTHERS = "#b45309"
ABOUT = """本页由 `python benchmarks/all.py` 写出，各程序的原话一并存在 `benchmarks.json` 里。
同一次运行里各行的倍数可以比较，不同机器之间的时间不可以。
每一行都先核对过答案，答错的不计时。
时间花在哪里，见[快慢](speed.md)。"""


def written(told: Mapping[str, Any], said: Mapping[str, str]) -> dict[str, str]:
    """Return the files: the page, and the plot when other engines were asked."""
    files = {"benchmarks.md": _page(told, said)}
    if "compare" in told:
        files["benchmarks.svg"] = drawing(told["compare"]["figures"])
    return files


def _page(told: Mapping[str, Any], said: Mapping[str, str]) -> str:
    parts = [
        "# 测量结果",
        "<!-- 由 benchmarks/all.py 写出，不要手工修改。 -->",
        ABOUT,
        _table(
            ["测量", "日期", "规模", "用时 秒", "处理器 秒"],
            (
                [
                    f"[{said[name]}](#benchmark-{name})",
                    *(str(one[key]) for key in ("date", "size", "seconds", "processor")),
                ]
                for name, one in told.items()
            ),
        ),
    ]
    for name, one in told.items():
        versions = "，".join(f"{which} {number}" for which, number in one["versions"].items())
        parts += [f"(benchmark-{name})=\n\n## {said[name]}", f"{one['machine']}；{versions}。"]
        if name == "compare":
            parts += [
                "回答一次用的时间，微秒：",
                _peers(one["figures"]),
                "![各引擎回答一个列入主体的中位时间](benchmarks.svg)",
            ]
        parts.append(f"```text\n$ {one['command']}\n{one['text']}\n```")
    return "\n\n".join(parts) + "\n"


def _peers(figures: Mapping[str, Any]) -> str:
    """Return the table of all engines, ours and theirs, in microseconds."""
    ours = figures.get("ours", {}).get("ratio")
    rows = []
    for one in figures.values():
        if "missing" in one:
            continue
        what = f"{one['said']} {one['version'] or ''}".strip()
        if one["wrong"]:
            rows.append([what, one["shape"], *[""] * 6, f"{one['wrong']} / {one['checks']} 错"])
            continue
        times = [f"{one[key]:.{digits}f}" for key, digits in (("listed", 1), ("p99", 0), ("unlisted", 2), ("first", 1))]
        against = f"{one['ratio'] / ours:.1f}" if ours else ""
        rows.append([what, one["shape"], *times, f"{one['ratio']:.1f}", against, f"0 / {one['checks']} 错"])
    heads = ["引擎", "写法", "列入·中位", "列入·p99", "未列入·中位", "首次·中位", "比底线", "比本库", "答案"]
    return _table(heads, rows)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _round(power: int) -> str:
    return f"{10**power:,}" if power >= 0 else f"{10.0**power:g}"


def drawing(figures: Mapping[str, Any]) -> str:
    """Return the bars as SVG: microseconds for a listed subject, in powers of ten."""
    shown = {name: one for name, one in figures.items() if "listed" in one}
    low = math.floor(math.log10(min(one["listed"] for one in shown.values())))
    high = math.ceil(math.log10(max(one["listed"] for one in shown.values()) * 1.01))

    def across(figure: float) -> float:
        return LEFT + WIDE * (math.log10(figure) - low) / (high - low)

    bottom = TOP + ROW * len(shown)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDE + 90} {bottom + 40}" role="img">',
        "<title>各引擎回答一个列入主体的中位时间，微秒</title>",
        "<style>text {font: 12px sans-serif}</style>",
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        f'<text x="{LEFT}" y="{TOP - 18}">回答一个列入主体，中位，微秒（每格十倍）</text>',
    ]
    for power in range(low, high + 1):
        x = across(10.0**power)
        parts.append(f'<path d="M{x:.1f} {TOP - 6}V{bottom}" stroke="#e5e7eb"/>')
        parts.append(f'<text x="{x:.1f}" y="{bottom + 18}" text-anchor="middle">{_round(power)}</text>')
    for at, (name, one) in enumerate(shown.items()):
        y, end = TOP + ROW * at, across(one["listed"])
        parts.append(f'<text x="{LEFT - 8}" y="{y + 14}" text-anchor="end">{one["said"]}</text>')
        colour, width = COLOURS.get(name, OTHERS), max(end - LEFT, 1)
        parts.append(f'<rect x="{LEFT}" y="{y + 2}" width="{width:.1f}" height="{ROW - 8}" fill="{colour}"/>')
        parts.append(f'<text x="{end + 6:.1f}" y="{y + 14}">{one["listed"]:,.1f}</text>')
    return "\n".join([*parts, "</svg>", ""])
