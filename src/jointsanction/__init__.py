"""jointsanction (信用联合奖惩核查): this subject, this matter, this date; what applies, on what basis, and why.

>>> from jointsanction import Engine
>>> Engine.open().check_subject("91990000MA0000001B", "procurement", coverage="loaded").verdict.zh
'未发现'
"""

from jointsanction.engine import Engine, check_subject
from jointsanction.errors import (
    CatalogError,
    InferenceError,
    JointSanctionError,
    MissingExtraError,
    Problem,
    QuestionError,
    ReceiptError,
    RegistryError,
    SubjectError,
    UnknownMatterError,
)
from jointsanction.model.result import CheckResult, Finding, TenderResult
from jointsanction.model.subject import Act, Edition, Listing, Related, Subject
from jointsanction.plugins import hookimpl
from jointsanction.receipt import verify
from jointsanction.registry.memory import MemoryRegistry
from jointsanction.terms import SubjectKind, Verdict

__all__ = [
    "Act",
    "CatalogError",
    "CheckResult",
    "Edition",
    "Engine",
    "Finding",
    "InferenceError",
    "JointSanctionError",
    "Listing",
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
    "verify",
]
