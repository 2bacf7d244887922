"""How long information is public, by how serious it is, and what a repair takes then (公示期、修复规则), dated."""

from __future__ import annotations

from datetime import date

from jointsanction.model.basis import Basis
from jointsanction.model.value import Value
from jointsanction.terms import Field as FieldTerm
from jointsanction.terms import Severity, TextState


class PublicityPeriod(Value):
    """The least and the most months of publicity of one degree of seriousness (公示期); `fields` narrow it to some.

    Before the least has run nobody may apply for repair; after the most the publicity ends by itself. None is not set.
    """

    severity: Severity
    min_months: int | None = None
    max_months: int | None = None
    fields: tuple[FieldTerm, ...] = ()
    text: TextState
    note: str | None = None


class Publicity(Value):
    """One edition of the rules on publicity and repair (公示期与修复规则). Editions of one `family` follow each other.

    `conditions` is what an application takes, `after_fraud_months` how long none is heard after a repair by deceit.
    `reply_days` are the working days within which the outcome is told.
    """

    id: str
    title: str
    family: str
    periods: tuple[PublicityPeriod, ...]
    conditions: tuple[str, ...] = ()
    channel: str | None = None
    reply_days: int | None = None
    after_fraud_months: int | None = None
    basis: tuple[Basis, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    note: str | None = None
    overrides: bool = False

    def period(self, severity: Severity, field: FieldTerm | None) -> PublicityPeriod | None:
        """Return the period of a severity, that of the field before the general one; None when none is set."""
        fitting = [period for period in self.periods if period.severity is severity]
        own = next((period for period in fitting if field is not None and field in period.fields), None)
        return own or next((period for period in fitting if not period.fields), None)
