"""Document numbers as instruments print them (文号): every bracket and spacing of offices folded to one writing."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from jointsanction.catalog.draft.numerals import NUMERAL, read_numeral

_OPEN: Final = "[（(〔［\\[【〖〈<﹝]"
_CLOSE: Final = "[）)〕］\\]】〗〉>﹞]"
_NO_OFFICE: Final = "(?![和及与以依据根按照])"
"""Words of the sentence around it that no office's word begins with."""

_BY_YEAR: Final = f"[一-鿿A-Za-z]{{1,16}}\\s*{_OPEN}\\s*[0-9０-９]{{4}}\\s*{_CLOSE}\\s*第?\\s*[0-9０-９]+\\s*号"
_BY_ORDER: Final = f"[一-鿿]{{2,20}}(?:令|公告)\\s*(?:[0-9０-９]{{4}}\\s*年\\s*)?第?\\s*{NUMERAL}\\s*号"

PRINTED: Final = f"{_NO_OFFICE}(?:{_BY_YEAR}|{_BY_ORDER})"
"""A document number as printed, as a pattern."""

_YEAR: Final = re.compile(f"([一-鿿A-Za-z]+){_OPEN}([0-9]{{4}}){_CLOSE}第?0*([0-9]+)号")
_ORDER: Final = re.compile(f"(?:中华人民共和国)?([一-鿿]+?(?:令|公告)(?:[0-9]{{4}}年)?)第?({NUMERAL})号")


def fold_number(text: str) -> str | None:
    """Return a document number in one writing (文号归一), None when the text is none.

    >>> fold_number("国办发【2020】49号"), fold_number("中华人民共和国主席令第六十八号")
    ('国办发〔2020〕49号', '主席令第68号')
    >>> fold_number("2018年修正") is None
    True
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    dated = _YEAR.fullmatch(plain)
    if dated is not None:
        return f"{dated[1]}〔{dated[2]}〕{dated[3]}号"
    order = _ORDER.fullmatch(plain)
    number = None if order is None else read_numeral(order[2])
    return None if order is None or number is None else f"{order[1]}第{number}号"


def year_and_number(folded: str) -> tuple[str, str, str] | None:
    """Return the office's word, the year and the running number of a folded number that has a year.

    >>> year_and_number("发改财金〔2016〕141号")
    ('发改财金', '2016', '141')
    """
    found = _YEAR.fullmatch(folded)
    return None if found is None else (found[1], found[2], found[3])
