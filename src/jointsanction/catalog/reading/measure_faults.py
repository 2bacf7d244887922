"""Whether one measure makes sense by itself (措施检查): folder, class, degree, binding, bearers, conditions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from jointsanction.catalog.files import NATIONAL
from jointsanction.catalog.reading.faults import Fault
from jointsanction.catalog.reading.targets import target_faults
from jointsanction.terms import DEGREES_OF, Binding, Condition, Effect, MeasureClass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointsanction.catalog.files import CatalogFile
    from jointsanction.model.catalogue import Measure

_REGION: Final = re.compile(r"[0-9]{6}")
_NEVER_EMPTY: Final = {
    "basis": ("catalog.no_basis", "没有依据，不成措施；请写 basis。"),
    "bears": ("catalog.empty_list", "bears 为空；请写由谁承担（如 [self]）。"),
    "matters": ("catalog.empty_list", "matters 为空；请写适用于哪些事项。"),
    "implementing_authority": ("catalog.empty_list", "implementing_authority 为空；请写实施主体。"),
}
_ARGUMENTS: Final = {
    Condition.CLEAN_PERIOD: ("years", "年数，如 {clean-period: 3}"),
    Condition.MEETS: ("text", "条件内容，如 {meets: 符合…条件}"),
}


def measure_faults(measure: Measure, file: CatalogFile) -> Iterator[Fault]:
    """Yield what makes a measure senseless, or at odds with the folder it lies in."""
    yield from _folder(measure, file)
    yield from _class_and_degree(measure)
    for key, (code, message) in _NEVER_EMPTY.items():
        if not getattr(measure, key):
            yield Fault((key,), code, message)
    yield from target_faults(measure)
    yield from _conditions(measure)


def _folder(measure: Measure, file: CatalogFile) -> Iterator[Fault]:
    region = measure.region
    if region is not None and not _REGION.fullmatch(region):
        yield Fault(("region",), "catalog.bad_region", f"'{region}' 不是六位行政区划代码（GB/T 2260），如 410000。")
    elif file.region is not None and region != file.region:
        written = f"region '{region}'" if region else "没有写 region，"
        message = f'{written}与所在文件夹 local/{file.region} 不符；请写 region: "{file.region}"。'
        yield Fault(("region",) if region else (), "catalog.region_mismatch", message)
    elif file.region is None and region is not None and file.layer == NATIONAL:
        message = f"有地域（{region}）的措施应放在 local/{region}/{file.path.parent.name}/ 下。"
        yield Fault(("region",), "catalog.region_mismatch", message)


def _class_and_degree(measure: Measure) -> Iterator[Fault]:
    kind = measure.measure_class
    if measure.effect is Effect.INCENTIVE and kind is not None:
        yield Fault(("class",), "catalog.class_of_incentive", "激励措施没有 class；请删去，或把文件移到 restriction/。")
        return
    if measure.effect is Effect.RESTRICTION and kind is None:
        yield Fault((), "catalog.no_class", "惩戒措施必须写 class（adverse、administrative 或 voluntary）。")
        return
    if measure.degree not in DEGREES_OF[kind]:
        said = f"class 为 {kind}（{kind.zh}）的惩戒措施" if kind is not None else "激励措施"
        allowed = "、".join(sorted(DEGREES_OF[kind]))
        message = f"{said}不能有尺度 '{measure.degree}'（{measure.degree.zh}）；可用的有：{allowed}。"
        yield Fault(("degree",), "catalog.degree_mismatch", message)
    if kind is MeasureClass.VOLUNTARY and measure.binding is Binding.MUST:
        message = "自主实施的措施不得是 must：公共机构不能强制；请改为 reference 或 may。"
        yield Fault(("binding",), "catalog.voluntary_must", message)


def _conditions(measure: Measure) -> Iterator[Fault]:
    """Conditions, exceptions and grants belong to incentives; an incentive is no row of the punishment list."""
    if measure.effect is Effect.RESTRICTION:
        for key, value in (("conditions", measure.conditions), ("except", measure.except_), ("grants", measure.grants)):
            if value:
                yield Fault(
                    (key,), "catalog.incentive_only", f"{key} 只用于激励措施；惩戒的附加条件写在 targets.where。"
                )
        return
    if measure.item is not None and measure.measure_class is None:
        yield Fault(("item",), "catalog.restriction_only", "item 是惩戒措施的种类；激励措施请删去。")
    for index, condition in enumerate(measure.conditions):
        name, said = _ARGUMENTS.get(condition.condition, ("", ""))
        if name and getattr(condition, name) is None:
            message = f"条件 {condition.condition}（{condition.condition.zh}）须写{said}。"
            yield Fault(("conditions", index), "catalog.condition_argument", message)
