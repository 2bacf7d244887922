"""The exceptions of jointsanction (异常).

::

    JointSanctionError(Exception)        code, hint
    ├── CatalogError                     problems: file, line, column, code, message; all of a load at once
    ├── RegistryError                    a list can't be read or is incomplete
    ├── SubjectError(ValueError)         an identifier that is none; shown masked
    ├── UnknownMatterError(LookupError)  names the nearest matters
    ├── QuestionError(ValueError)        a question that can't be understood
    ├── InferenceError                   rule id; the engine's own exception as __cause__
    ├── ReceiptError                     missing, stale, altered, or somebody else's
    ├── LoopError                        a step of the loop that can't be taken: `loop.*`, `audit.*`
    ├── AccessError                      somebody may not do this: `access.*`
    └── MissingExtraError(ImportError)   says what to install

Messages are Chinese and carry no identity numbers, names or record contents; `code` is dotted English and stable.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


_SHOWN_WHOLE: Final = 24
_DIGITS: Final = 6


def veil(text: object) -> str:
    """Return a caller's word so that a message may show it (遮蔽): no number and no name of anybody in clear.

    A short Latin word without a run of digits is shown whole, since it is a mistyped word of ours; anything else shows
    its first character alone.

    >>> veil("biddder"), veil("91990000MA0000001B"), veil("张三")
    ('biddder', '9*****************', '张*')
    """
    shown = str(text)
    digits = sum(character.isdigit() for character in shown)
    if shown.isascii() and len(shown) <= _SHOWN_WHOLE and digits < _DIGITS:
        return shown
    return shown[:1] + "*" * min(len(shown) - 1, _SHOWN_WHOLE)


class JointSanctionError(Exception):
    """The root of all our errors: a stable `code`, a message for people, a `hint` what to do."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        """Keep the stable code, the message and the hint."""
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint

    def as_json(self) -> dict[str, dict[str, str]]:
        """Return the error document of the contract: `{"error": {"code", "message", "hint"}}`."""
        return {"error": {"code": self.code, "message": self.message, "hint": self.hint}}


class Problem(NamedTuple):
    """One thing wrong in a file (问题): where it is, a stable code, and what to do."""

    file: str
    line: int
    column: int
    code: str
    message: str

    def __str__(self) -> str:
        """Return `file:line:column: code message`."""
        return f"{self.file}:{self.line}:{self.column}: {self.code} {self.message}"


class CatalogError(JointSanctionError):
    """A catalogue that can't be read (目录错误); `problems` holds every problem of the load, sorted by place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep all problems, sorted, and show each on its own line."""
        self.problems = tuple(sorted(problems))
        first = self.problems[0].code if self.problems else "catalog.invalid"
        super().__init__(first, "\n".join(str(problem) for problem in self.problems), "逐条改正后重新加载。")


class RegistryError(JointSanctionError):
    """A list or a registry that can't be read, is incomplete, or isn't there (名单库错误)."""


class SubjectError(JointSanctionError, ValueError):
    """An identifier that is none, or that could be two things (主体标识错误)."""


class UnknownMatterError(JointSanctionError, LookupError):
    """A matter that no catalogue knows (未知事项); the hint names the nearest ones."""


class QuestionError(JointSanctionError, ValueError):
    """A question whose words or dates can't be understood (核查问题有误)."""


class InferenceError(JointSanctionError):
    """A rule that could not be evaluated (推导错误)."""


class ReceiptError(JointSanctionError):
    """A receipt that is missing, stale, altered, or somebody else's (凭证错误)."""


class LoopError(JointSanctionError):
    """A step of the closed loop that can't be taken (闭环办理错误), or an audit chain that does not hold."""


class AccessError(JointSanctionError):
    """Somebody who may not do what he asks for (无权办理): no key, another role, another matter, too often."""


class MissingExtraError(JointSanctionError, ImportError):
    """A part that is not installed (缺少可选组件); the hint is the command that installs it."""
