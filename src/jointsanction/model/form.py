"""Parts of a document that are the same in many (文书样式): copied to be read, and written once to be digested."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from jointsanction.receipt import canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    Copier: TypeAlias = Callable[[], dict[str, Any]]


class Form:
    """A part of a document with blanks (文书样式): what it says in every case, to be copied and to be digested."""

    __slots__ = ("_pieces", "copy")

    def __init__(self, template: dict[str, Any], blanks: tuple[str, ...] = ()) -> None:
        """Take the part with whatever in its blanks; these come in the order of the canonical text.

        `copy` makes the part as a document of its own: whoever gets it may change it.
        """
        self.copy: Copier = copier(template)
        self._pieces = tuple(_pieces(template, blanks))

    def text(self, filled: Sequence[bytes] = ()) -> bytes:
        """Return its canonical text with the blanks filled."""
        first, *rest = self._pieces
        return b"".join([first, *(piece for pair in zip(filled, rest, strict=True) for piece in pair)])


def _pieces(template: dict[str, Any], blanks: tuple[str, ...]) -> Iterable[bytes]:
    """Yield the canonical text up to the first blank, from one to the next, and from the last."""
    said = b"{"
    for at, key in enumerate(sorted(template)):
        said += (b"," if at else b"") + canonical(key) + b":"
        if key in blanks:
            yield said
            said = b""
        else:
            said += canonical(template[key])
    yield said + b"}"


def copier(value: dict[str, Any]) -> Copier:
    """Return what copies a JSON object, sharing nothing that can be changed; the object itself is never changed."""
    inner = [(key, _copier(each)) for key, each in value.items() if isinstance(each, dict | list)]
    if not inner:
        return value.copy

    def copy() -> dict[str, Any]:
        made = value.copy()
        for key, copy_inner in inner:
            made[key] = copy_inner()
        return made

    return copy


def _copier(value: Any) -> Callable[[], Any]:  # noqa: ANN401 - any JSON value
    if isinstance(value, dict):
        return copier(value)
    if not isinstance(value, list):
        return lambda: value
    if not any(isinstance(each, dict | list) for each in value):
        return value.copy
    inner = [_copier(each) for each in value]
    return lambda: [copy_inner() for copy_inner in inner]


class Forms(NamedTuple):
    """What every case of a profile says (画像文书): its findings in their order, and what the answer rests on."""

    findings: tuple[Form, ...]
    coverage: Form
