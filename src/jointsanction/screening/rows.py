"""Subjects one after another (逐行核查): answers in their order, an error in place of the one it concerns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jointsanction.errors import JointSanctionError
    from jointsanction.model.result import CheckResult
    from jointsanction.model.subject import Subject
    from jointsanction.screening.run import Progress, Run

EVERY: Final = 1000
"""After so many rows progress is told."""


def screen_rows(
    run: Run, subjects: Iterable[Subject | str], progress: Progress | None = None
) -> Iterator[CheckResult | JointSanctionError]:
    """Yield the answer about each subject, or its error; nothing is kept of a row that was yielded.

    `progress` is told how many rows are done, every thousand and at the end.
    """
    done = 0
    for done, subject in enumerate(subjects, 1):
        yield run.try_to_ask(subject)
        if progress is not None and done % EVERY == 0:
            progress(done)
    if progress is not None and done % EVERY:
        progress(done)
