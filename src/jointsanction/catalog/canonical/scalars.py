"""Scalars in their one form (标量): quoted where a stock reader, or a person, could misread them, plain elsewhere."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from jointsanction.catalog.draft.yaml_out import scalar

if TYPE_CHECKING:
    import yaml

    from jointsanction.catalog.reading.shapes import Shape

_AMBIGUOUS: Final = re.compile(
    r"[-+]?[0-9][0-9_,]*(\.[0-9]*)?([eE][-+]?[0-9]+)?|0[xo][0-9A-Fa-f]+|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
    r"|true|false|yes|no|on|off|y|n",
    re.IGNORECASE,
)
"""What stock readers take for a number, a day, yes or no."""

_TEXT: Final = frozenset({"text"})


def scalar_text(node: yaml.ScalarNode, shape: Shape | None) -> str:
    """Return a scalar on one line.

    Where a text must stand, what looks like a number is quoted; where the quotes decide, they stay as they are.
    """
    text: str = node.value
    ambiguous = _AMBIGUOUS.fullmatch(text) is not None
    if not node.style:
        only_text = shape is not None and shape.scalars == _TEXT and not shape.words
        return json.dumps(text, ensure_ascii=False) if ambiguous and only_text else text
    if ambiguous or text in _NOTHING:
        return json.dumps(text, ensure_ascii=False)
    return scalar(text)


_NOTHING: Final = frozenset({"", "null", "~"})
