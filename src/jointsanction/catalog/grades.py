"""What a grade means (信用等级): the level of its scheme on a day, and which of the four levels that converts to."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from jointsanction.catalog.compile import in_time, scheme_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from jointsanction.model.catalogue import Catalog, Conversion, ListType, Scheme, SchemeLevel
    from jointsanction.terms import GradeLevel

_POINTS: Final = re.compile(r"(-?[0-9]{1,9}(?:\.[0-9]{1,4})?)分?", re.ASCII)


def level_on(scheme: Scheme, grade: str, day: date) -> str | None:
    """Return the level a grade means in a scheme on a day (等级), None when the scheme has none such that day.

    It is known by its code, title or alias; in a scheme of points also by a number of points.
    """
    in_use = tuple(levels_on(scheme, day))
    named = next((each.level for each in in_use if grade in (each.level, each.title, *each.aliases)), None)
    if named is not None or not scheme.points:
        return named
    points = _POINTS.fullmatch(grade.replace(" ", ""))
    return None if points is None else _level_of_points(in_use, Decimal(points[1]))


def levels_on(scheme: Scheme, day: date) -> Iterator[SchemeLevel]:
    """Yield the levels of a scheme on a day, best first; none on a day the scheme itself is not in use."""
    in_use = in_time(scheme.valid_from, scheme.valid_to, day)
    return (each for each in scheme.levels if in_use and in_time(each.valid_from, each.valid_to, day))


def _level_of_points(levels: tuple[SchemeLevel, ...], points: Decimal) -> str | None:
    return next((each.level for each in levels if each.points_from is None or points >= each.points_from), None)


def conversion_on(scheme: Scheme, day: date) -> Conversion | None:
    """Return the conversion table of a scheme on a day (等级转换表); no two of them hold on one day."""
    return next((each for each in scheme.conversions if in_time(each.valid_from, each.valid_to, day)), None)


def converted(catalog: Catalog, code: str, level: str | None, day: date) -> GradeLevel | None:
    """Return which of the four levels a level told by a list converts to on a day (转换), None for none of them."""
    scheme = None if level is None else scheme_of(catalog.lists[code], day)
    table = None if scheme is None else conversion_on(catalog.schemes[scheme], day)
    return None if table is None or level is None else table.levels.get(level)


def levels_of(kind: ListType, day: date) -> tuple[str, ...]:
    """Return the levels that whoever is on a list can have on a day (名单应有的等级), empty where it does not say."""
    return next((dated.levels for dated in kind.scheme if in_time(dated.valid_from, dated.valid_to, day)), ())


def astray(kind: ListType, level: str | None, day: date) -> bool:
    """Return whether a row's level cannot be that of whoever is on the list, or is left open where it could be several.

    An A list with a row of level D says two things; which of them is right nobody knows.
    """
    levels = levels_of(kind, day)
    return bool(levels) and (len(levels) > 1 if level is None else level not in levels)
