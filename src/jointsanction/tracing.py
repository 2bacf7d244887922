"""Spans for whoever traces (链路跟踪): OpenTelemetry where it is installed, nothing at all where it isn't.

No span says anything of a subject: attributes are codes of ours, never a number, a name or the text of an exception.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from jointsanction.errors import JointSanctionError

try:
    from opentelemetry import propagate, trace
except ImportError:  # the extra otel
    _TRACER = None
else:
    _TRACER = trace.get_tracer("jointsanction")

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from opentelemetry.trace import Span


@contextmanager
def span(name: str, came_with: Mapping[str, str] | None = None, **attributes: str | int) -> Iterator[Span | None]:
    """Give a span around a piece of work; None where nobody can see it (一段跟踪).

    `came_with` are the headers of a request, of which it continues the trace.
    """
    if _TRACER is None or isinstance(trace.get_tracer_provider(), trace.ProxyTracerProvider):
        yield None  # installed or not, nobody collects: a span that goes nowhere costs as much as one that is kept
        return
    context = None if came_with is None else propagate.extract(came_with)
    with _TRACER.start_as_current_span(
        name, context, attributes=attributes, record_exception=False, set_status_on_exception=False
    ) as current:
        try:
            yield current
        except Exception as error:
            kind = error.code if isinstance(error, JointSanctionError) else type(error).__qualname__
            current.set_attribute("error.type", kind)
            current.set_status(trace.StatusCode.ERROR)
            raise
