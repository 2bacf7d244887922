"""Facts and tests as small numbers (事实的编号): nothing else ever reaches durable_rules.

The C engine compares texts with numbers without complaint and identifiers by a 32-bit hash only. So every value is
given a number, equal values the same; a test on a set, on enclosing codes or on an order is answered here and handed
over as a flag. Equality, inequality and everything that takes two facts is left to the engine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from jointsanction.inference.evaluate import COMPARISONS, LEAVES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jointsanction.inference.facts import Fact, FactType
    from jointsanction.model.catalogue import RuleValue

UNKNOWN: Final = 0
"""The number of a value that is not known."""

NO: Final = 0
YES: Final = 1
INCOMPARABLE: Final = 2
"""What a flag says."""

SEED: Final = 0
"""The kind of the one message every condition without any test of its own rests on."""

KINDS: Final[Mapping[FactType, int]] = {kind: at for at, kind in enumerate((*LEAVES, "count"), SEED + 1)}

FIRST_NODE: Final = len(KINDS) + 1
"""The kinds from here on are solutions of parts of conditions."""

Message: TypeAlias = dict[str, int]


class Ref(NamedTuple):
    """A property of what the n-th pattern of a production matched."""

    pattern: int
    name: str


class Test(NamedTuple):
    """One comparison the engine makes: a property with a number, or with a property of another pattern."""

    name: str
    equal: bool
    value: int | Ref


class Codes:
    """The numbers of the values and the names of the properties that some rules speak of."""

    def __init__(self) -> None:
        """Start with nothing spoken of."""
        self._values: dict[RuleValue, int] = {}
        self._keys: dict[FactType, dict[str, str]] = {}
        self._flags: dict[FactType, dict[tuple[str, str, RuleValue], str]] = {}

    def value(self, value: RuleValue) -> int:
        """Return the number of a value a rule names."""
        return self._values.setdefault(value, len(self._values) + 1)

    def key(self, kind: FactType, key: str) -> str:
        """Return the property that holds the number of a fact's value."""
        keys = self._keys.setdefault(kind, {})
        return keys.setdefault(key, f"v{len(keys)}")

    def flag(self, kind: FactType, key: str, operator: str, wanted: RuleValue) -> str:
        """Return the property that holds whether a fact's value meets a comparison."""
        flags = self._flags.setdefault(kind, {})
        return flags.setdefault((key, operator, wanted), f"f{len(flags)}")

    def values(self) -> dict[RuleValue, int]:
        """Return the numbers of the values the rules name, to which those of a run may be added."""
        return dict(self._values)

    def message(self, fact: Fact, values: dict[RuleValue, int]) -> Message:
        """Return a fact as numbers; a value no rule names is added to the numbers."""
        message = {"k": KINDS[fact.type]}
        for key, name in self._keys.get(fact.type, {}).items():
            value = fact.values.get(key)
            message[name] = UNKNOWN if value is None else values.setdefault(value, len(values) + 1)
        for (key, operator, wanted), name in self._flags.get(fact.type, {}).items():
            message[name] = _flag(operator, fact.values.get(key), wanted)
        return message


def _flag(operator: str, value: RuleValue | None, wanted: RuleValue) -> int:
    try:
        return YES if COMPARISONS[operator](value, wanted) else NO
    except TypeError:
        return INCOMPARABLE
