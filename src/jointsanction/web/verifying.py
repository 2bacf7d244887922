"""Where reports are verified (核查报告验证): no account is needed, and nothing is told that stands on no report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from jointsanction.model.serving import ServiceSettings

VERIFY: Final = "/verify"


def verify_page(settings: ServiceSettings) -> str | None:
    """Return the address of the verification page, None where nobody said how the service is reached (验证页地址).

    It is never taken from a request: whoever sends one could send the reader of a report elsewhere.
    """
    return None if settings.public_url is None else settings.public_url.rstrip("/") + VERIFY
