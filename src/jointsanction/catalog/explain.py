"""One entry → text (说明): what an officer or a lawyer wants to read, as Markdown that also reads well as plain text.

One renderer for the command line, the documentation and the HTTP door.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Final

from jointsanction.catalog.compiling.powers import powers_of
from jointsanction.catalog.explaining.department import explain_department, powers_text
from jointsanction.catalog.explaining.measure import explain_measure
from jointsanction.catalog.explaining.publicity import explain_publicity, repair_lines
from jointsanction.catalog.explaining.rule import clause_text, result_texts
from jointsanction.catalog.explaining.scheme import explain_scheme
from jointsanction.catalog.wording import Lines, cited, dated, joined, named
from jointsanction.errors import QuestionError
from jointsanction.model.rule_order import fed_by

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jointsanction.catalog.files import Section
    from jointsanction.model.catalogue import (
        Catalog,
        Forbidden,
        Group,
        Instrument,
        ListTerm,
        ListType,
        Matter,
        Rule,
        Window,
    )


def explain(catalog: Catalog, name: str) -> str:
    """Return the text of every entry that bears an id, a code or another name (条目说明).

    Raises:
        QuestionError: `catalog.unknown_entry`, naming the nearest ones.
    """
    found = list(_found(catalog, name))
    if not found:
        near = difflib.get_close_matches(name, sorted(_all_names(catalog)), n=3, cutoff=0.5)
        code, message = "catalog.unknown_entry", f"目录中没有“{name}”。"
        raise QuestionError(
            code, message, f"您是否想写：{'、'.join(near)}？" if near else "请写措施、名单、事项或依据文件的代码。"
        )
    return "\n\n".join(found)


def explain_entry(catalog: Catalog, section: Section, entry_id: str) -> str:
    """Return the text of one entry of one section (条目说明)."""
    return _RENDERERS[section](getattr(catalog, section)[entry_id], catalog)


def _found(catalog: Catalog, name: str) -> Iterator[str]:
    # An official item code stands for its matters, and for the department that has it.
    names = {name, *(matter for _, power in powers_of(catalog) if power.code == name for matter in power.matters)}
    for section, render in _RENDERERS.items():
        for entry_id, entry in getattr(catalog, section).items():
            if entry_id in names or name in _other_names(entry):
                yield render(entry, catalog)


def _other_names(entry: object) -> Iterator[str]:
    for alias in getattr(entry, "aliases", ()):
        yield getattr(alias, "name", alias)
    yield from (power.code for power in getattr(entry, "powers", ()))
    yield from (value for key in ("title", "document_number") if (value := getattr(entry, key, None)))


def _all_names(catalog: Catalog) -> Iterator[str]:
    for section in _RENDERERS:
        for entry_id, entry in getattr(catalog, section).items():
            yield entry_id
            yield from _other_names(entry)


def _explain_instrument(instrument: Instrument, catalog: Catalog) -> str:
    lines = Lines(instrument.title, instrument.id, instrument.level.zh)
    lines.add("文号", instrument.document_number)
    lines.add("制定机关", instrument.issuer)
    lines.add("通过日期", instrument.adopted)
    lines.add("施行", dated(instrument.valid_from, instrument.valid_to) or "施行日期不明")
    lines.add("日期核对", instrument.dates.zh)
    if instrument.superseded_by is not None:
        lines.add("后续文件", named(catalog.instruments, instrument.superseded_by))
    lines.add("地域", instrument.region)
    lines.add("引用它的措施", joined(_users(catalog, instrument.id)))
    lines.add("条文来源", instrument.source)
    if instrument.checked is not None:
        day = f"{instrument.checked.edition} 版：" if instrument.checked.edition is not None else ""
        lines.add("核对过的条文", day + joined(instrument.checked.articles))
    lines.add("网址", instrument.url)
    lines.add("备注", instrument.note)
    return lines.text()


def _users(catalog: Catalog, instrument: str) -> Iterator[str]:
    for measure in catalog.measures.values():
        if any(basis.instrument == instrument for basis in measure.basis):
            yield f"{measure.title}（{measure.id}）"


def _explain_list(kind: ListType, catalog: Catalog) -> str:
    lines = Lines(kind.title, kind.code, kind.kind.zh)
    lines.add("认定单位", joined(kind.authority))
    lines.add("列入的主体", joined("单位" if word == "unit" else word.zh for word in kind.kinds))
    lines.add("一并列入", joined(relation.zh for relation in kind.entered_with))
    lines.add("列入标准", kind.entry)
    lines.add("期限", joined(map(_term, kind.term)) or "无统一期限，依记录所载")
    lines.add("退出", kind.exit_by.zh)
    lines.add("退出标准", kind.exit)
    lines.add("发布", joined(kind.publisher))
    lines.add("范围", "全国" if kind.scope == "national" else joined(kind.scope))
    lines.add("过期天数", kind.stale_after)
    lines.add("最低留存比例", f"{kind.floor}%")
    lines.add("公开属性", kind.disclosure.zh)
    lines.add("等级方案", joined(f"{named(catalog.schemes, one.scheme)}{_within(one)}" for one in kind.scheme))
    repair_lines(lines, kind, catalog)
    lines.add("别名", joined(f"{alias.name}{_within(alias)}" for alias in kind.aliases))
    lines.add("触发的措施", joined(_measures_of_list(catalog, kind.code)))
    lines.listed("依据", (cited(basis, catalog) for basis in kind.basis))
    lines.add("备注", kind.note)
    return lines.text()


def _measures_of_list(catalog: Catalog, code: str) -> Iterator[str]:
    groups = {name for name, group in catalog.groups.items() if any(member.list == code for member in group.members)}
    for measure in catalog.measures.values():
        targets = measure.targets
        if code in targets.lists or groups & set(targets.groups):
            yield f"{measure.title}（{measure.id}）"
        elif code in targets.clue_lists:
            yield f"{measure.title}（{measure.id}，仅作线索）"


def _term(term: ListTerm) -> str:
    low, high = term.years if isinstance(term.years, tuple) else (term.years, term.years)
    years = "" if low is None else f"{low} 年" if low == high else f"{low} 至 {high} 年"
    months = "" if term.months is None else f"{term.months} 个月"
    return f"{years}{months}（{term.set_by.zh}，{term.text.zh}）{_within(term)}"


def _within(value: object) -> str:
    said = dated(getattr(value, "valid_from", None), getattr(value, "valid_to", None))
    return f"［{said}］" if said else ""


def _explain_matter(matter: Matter, catalog: Catalog) -> str:
    lines = Lines(matter.title, matter.code, f"事项·{matter.kind.zh}")
    lines.add("上级", joined(named(catalog.matters, code) for code in matter.parents))
    below = (code for code, other in catalog.matters.items() if matter.code in other.parents)
    lines.add("下级", joined(named(catalog.matters, code) for code in below))
    lines.add("默认角色", matter.default_role.zh)
    lines.add("默认环节", matter.default_phase.zh)
    lines.add("领域", joined(field.zh for field in matter.fields))
    lines.add("具备特征", joined(trait.zh for trait in matter.traits))
    lines.add("不具备特征", joined(trait.zh for trait in matter.not_traits))
    lines.add("由何级文件给予", matter.granted_by.zh if matter.granted_by is not None else None)
    lines.add("一般途径", matter.ordinary_way)
    lines.add("角色另定", joined(f"{role.zh}：{there.kind.zh}" for role, there in matter.roles.items()))
    lines.add("核查时点", _explain_window(matter.window, catalog))
    lines.listed("可以承诺办理", _accepted(matter, catalog))
    lines.add("须证明", joined(act.zh for act in matter.requires_acts))
    lines.add("别名", joined(alias.name + (f"（{alias.role.zh}）" if alias.role else "") for alias in matter.aliases))
    measures = (one for one in catalog.measures.values() if matter.code in one.matters)
    lines.add("直接适用的措施", joined(f"{measure.title}（{measure.id}）" for measure in measures))
    lines.add("信用报告", "须查阅信用报告" if matter.credit_report_required else None)
    lines.listed("权力事项", powers_text(matter, catalog))
    lines.add("备注", matter.note)
    return lines.text()


def _accepted(matter: Matter, catalog: Catalog) -> Iterator[str]:
    for accepted in matter.commitment_types:
        yield f"{accepted.type.zh}：" + "；".join(cited(basis, catalog) for basis in accepted.basis)


def _explain_window(window: Window | None, catalog: Catalog) -> str | None:
    if window is None:
        return None
    grounds = joined(named(catalog.instruments, basis.instrument) for basis in window.basis)
    said = f"{'、'.join(day.zh for day in window.dates)}；以{window.decides.zh}为准"
    return f"{said}（{grounds}）" if grounds else said


def _explain_group(group: Group, catalog: Catalog) -> str:
    lines = Lines(group.title, group.code, "对象组")
    lines.add("别名", joined(group.aliases))
    lines.listed(
        "组成名单",
        (
            f"{named(catalog.lists, member.list)}{_within(member)}："
            + "；".join(cited(basis, catalog) for basis in member.basis)
            for member in group.members
        ),
    )
    lines.add("备注", group.note)
    return lines.text()


def _explain_rule(rule: Rule, catalog: Catalog) -> str:
    lines = Lines(rule.title, rule.id, "推导规则")
    lines.add("说明", rule.explanation)
    lines.add("施行", dated(rule.valid_from, rule.valid_to))
    lines.add("地域", rule.region)
    lines.add("条件", clause_text(rule.when))
    for said in result_texts(rule.then):
        lines.add("结果", said)
    lines.listed("建立在哪些规则之上", (f"{one.title}（{one.id}）" for one in _builds_on(rule, catalog)))
    lines.listed("依据", (cited(basis, catalog) for basis in rule.basis))
    lines.add("备注", rule.note)
    return lines.text()


def _builds_on(rule: Rule, catalog: Catalog) -> Iterator[Rule]:
    return (one for one in fed_by([rule], list(catalog.rules.values())) if one.id != rule.id)


def _explain_forbidden(forbidden: Forbidden, catalog: Catalog) -> str:
    lines = Lines(forbidden.title, forbidden.id, "不得纳入信用记录的行为")
    lines.add("关键词", joined(forbidden.words))
    lines.add("地域", forbidden.region)
    lines.listed("依据", (cited(basis, catalog) for basis in forbidden.basis))
    return lines.text()


_RENDERERS: Final[dict[str, Callable[..., str]]] = {
    "measures": explain_measure,
    "lists": _explain_list,
    "matters": _explain_matter,
    "groups": _explain_group,
    "schemes": explain_scheme,
    "instruments": _explain_instrument,
    "rules": _explain_rule,
    "departments": explain_department,
    "forbidden": _explain_forbidden,
    "publicity": explain_publicity,
}
