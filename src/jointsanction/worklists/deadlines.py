"""By when something has to be done (期限计算): so many working days, or days, after the day it began."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from jointsanction.worklists.calendar import Calendar


class Deadline(NamedTuple):
    """The last day in time, and how the doing of it stands (期限).

    `late` is how many days it was done, or is by now, after the last; nought in time. `unknown_years` are years on the
    way that the calendar says nothing of: there a holiday may still move the last day.
    """

    began: date
    last: date
    late: int
    unknown_years: tuple[int, ...]


class Reckoning(NamedTuple):
    """How a term is reckoned (算法): so many working days, or days, by a calendar."""

    days: int
    calendar: Calendar
    working: bool

    def deadline(self, began: date, done: date) -> Deadline:
        """Return the last day of the term (期限届满日), and how late something done on a day, or not by it, is.

        The day it began is not counted (民法典第二百零一条). A term in plain days that ends on a day off ends on the
        next day worked (第二百零三条). One that would end after the last day there is ends on that.
        """
        try:
            last = self._last(began)
        except OverflowError:
            last = date.max
        return Deadline(began, last, max(0, (done - last).days), self.calendar.unknown_years(began, last))

    def _last(self, began: date) -> date:
        if self.working:
            return self.calendar.after(began, self.days)
        return self.calendar.next_working(began + timedelta(days=self.days))
