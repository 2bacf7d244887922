"""jointsanction (信用联合奖惩核查): this subject, this matter, this date; what applies, on what basis, and why.

>>> from jointsanction import Engine
>>> Engine.open().check_subject("91990000MA0000001B", "procurement").verdict.zh  # no list was taken in: nobody is clear
'不能确定，须核实'
"""

import importlib
import typing

if typing.TYPE_CHECKING:
    from jointsanction.engine import Engine, check_subject
    from jointsanction.errors import (
        AccessError,
        CatalogError,
        InferenceError,
        JointSanctionError,
        LoopError,
        MissingExtraError,
        Problem,
        QuestionError,
        ReceiptError,
        RegistryError,
        SubjectError,
        UnknownMatterError,
    )
    from jointsanction.loop.filing.duty import require_check
    from jointsanction.loop.pushing.signing import verify_webhook
    from jointsanction.model.result import CheckResult, Finding
    from jointsanction.model.subject import Act, Edition, Listing, Related, Subject
    from jointsanction.model.tender import TenderResult
    from jointsanction.plugins import hookimpl
    from jointsanction.receipt import verify
    from jointsanction.registry.memory import MemoryRegistry
    from jointsanction.screening.spark import screen_spark
    from jointsanction.terms import SubjectKind, Verdict

__all__ = [
    "AccessError",
    "Act",
    "CatalogError",
    "CheckResult",
    "Edition",
    "Engine",
    "Finding",
    "InferenceError",
    "JointSanctionError",
    "Listing",
    "LoopError",
    "MemoryRegistry",
    "MissingExtraError",
    "Problem",
    "QuestionError",
    "ReceiptError",
    "RegistryError",
    "Related",
    "Subject",
    "SubjectError",
    "SubjectKind",
    "TenderResult",
    "UnknownMatterError",
    "Verdict",
    "check_subject",
    "hookimpl",
    "require_check",
    "screen_spark",
    "verify",
    "verify_webhook",
]

_ROOMS: typing.Final = {
    "jointsanction.engine": ("Engine", "check_subject"),
    "jointsanction.loop.filing.duty": ("require_check",),
    "jointsanction.loop.pushing.signing": ("verify_webhook",),
    "jointsanction.model.result": ("CheckResult", "Finding"),
    "jointsanction.model.subject": ("Act", "Edition", "Listing", "Related", "Subject"),
    "jointsanction.model.tender": ("TenderResult",),
    "jointsanction.plugins": ("hookimpl",),
    "jointsanction.receipt": ("verify",),
    "jointsanction.registry.memory": ("MemoryRegistry",),
    "jointsanction.screening.spark": ("screen_spark",),
    "jointsanction.terms": ("SubjectKind", "Verdict"),
}
"""Which room a public name lives in, the errors apart; imported when first used, so that `--help` need not wait."""


def __getattr__(name: str) -> object:
    """Return a public name from its room (按需导入)."""
    if name not in __all__:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    room = next((room for room, names in _ROOMS.items() if name in names), "jointsanction.errors")
    value = globals()[name] = getattr(importlib.import_module(room), name)
    return value


def __dir__() -> list[str]:
    """Return the public names (公开名称)."""
    return [*__all__]
