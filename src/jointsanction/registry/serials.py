"""Which delivery of a stream a file is (期号), and whether its turn has come: a gap or a wrong order is refused."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.errors import RegistryError

if TYPE_CHECKING:
    from collections.abc import Sequence


_COUNTED: Final = re.compile("(?:第 *)?([0-9]+)(?: *期)?")


class Serial(NamedTuple):
    """What a file says of its place in a stream (期号声明).

    `stream` is whose deliveries of what list; `number` counts them, or is a name that the provider gives each.
    `after` is the one before it; where it isn't said, that of a number is the number before.
    """

    stream: str
    number: str | None = None
    after: str | None = None

    @classmethod
    def read(cls, stream: str, number: str | None, after: str | None = None) -> Serial:
        """Return a place as people write it: 18, 018, １８ and 第18期 are one number, and a blank one is none.

        >>> Serial.read("某局 BL.TAX", " 018 ").number
        '18'
        """
        return cls(stream, _read(number), _read(after))


class Taken(NamedTuple):
    """A delivery of a stream that was taken in (已导入的一期): `same` is equal for the same content."""

    number: str
    batch: str
    same: str


def repeated(serial: Serial, taken: Sequence[Taken], same: str) -> Taken | None:
    """Return the delivery that a delta repeats, None for one whose turn it is; `taken` are those before, newest last.

    Raises:
        RegistryError: `registry.delta_order`.
    """
    before = next((each for each in reversed(taken) if each.number == serial.number), None)
    if before is not None:
        if before.same == same:
            return before
        raise _refused(serial, taken, f"第 {serial.number} 期已经导入过，内容不同")
    if not taken:
        if serial.number == "1" and serial.after is None:
            return None
        raise _refused(serial, taken, f"第 {serial.number} 期之前没有导入过任何一期")
    after = serial.after or _before(serial.number)
    if after is None:
        raise _refused(serial, taken, f"“{serial.number}”不是数字，看不出接在哪一期之后")
    if after != taken[-1].number:
        raise _refused(serial, taken, f"第 {serial.number} 期接在第 {after} 期之后")
    return None


def undeclared() -> RegistryError:
    """Return the error for a delta that does not say which one it is (增量没有期号)."""
    message = "文件有增量操作列（新增、变更、移出），但没有写明是第几期，无法判断先后，未作任何改动。"
    hint = "请加 --sequence N 写明期号；不是增量文件的，用映射文件（ignore）不读该列。"
    return RegistryError("registry.delta_undeclared", message, hint)


def unnamed() -> RegistryError:
    """Return the error for a delivery that doesn't say of which stream it is (期号没有所属)."""
    message = "写明了期号，但不知道是谁的、哪个名单的第几期。"
    return RegistryError(
        "registry.delta_unnamed", message, "请用 --list 指明名单，或在映射文件中写明 provider 或者 list。"
    )


def refuse_older(serial: Serial, taken: Sequence[Taken]) -> None:
    """Refuse a complete file that is older than what was taken in, or that doesn't say how old it is.

    Raises:
        RegistryError: `registry.delta_order`.
    """
    if not taken:
        return
    if serial.number is None:
        raise _refused(serial, taken, "这份名单按增量接收，完整文件没有写明是截至第几期的")
    earlier = any(each.number == serial.number for each in taken[:-1]) and serial.number != taken[-1].number
    if earlier or _is_below(serial.number, taken[-1].number):
        raise _refused(serial, taken, f"完整文件截至第 {serial.number} 期，早于现有内容")


def _read(text: str | None) -> str | None:
    said = unicodedata.normalize("NFKC", text or "").strip()
    counted = _COUNTED.fullmatch(said)
    return str(int(counted[1])) if counted is not None else said or None


def _before(number: str | None) -> str | None:
    """Return the number before.

    >>> _before("18")
    '17'
    """
    return str(int(number) - 1) if number is not None and number.isdecimal() else None


def _is_below(number: str, other: str) -> bool:
    return number.isdecimal() and other.isdecimal() and int(number) < int(other)


def _refused(serial: Serial, taken: Sequence[Taken], why: str) -> RegistryError:
    newest = taken[-1].number if taken else None
    now = "尚未导入" if newest is None else f"现为第 {newest} 期"
    message = f"{serial.stream} {now}，而{why}，未作任何改动。"
    return RegistryError("registry.delta_order", message, _hint(newest))


def _hint(newest: str | None) -> str:
    if newest is None:
        return "请先导入完整文件，并以 --sequence 写明它截至第几期；从头开始的，第一份增量文件写 --sequence 1。"
    following = (
        f"第 {int(newest) + 1} 期" if newest.isdecimal() else f"接在第 {newest} 期之后的一期（--after {newest}）"
    )
    return f"应当导入{following}；缺少的取不到时，请导入最新的完整文件，并以 --sequence 写明它截至第几期。"
