"""The scenes the work plans name are matters (应用场景): FEATURES row 27, REFERENCE §4 and its tail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jointsanction.catalog.bundle import default_catalog
from jointsanction.catalog.compile import compile_catalog

if TYPE_CHECKING:
    from jointsanction.catalog.compile import Tables

PLANS = (
    "招标投标 政府采购 财政资金 国有土地出让 国有产权交易 特许经营 评先评优 融资授信 食品监管 抽检抽查 安全生产 消防 "
    "市场准入 资质审核 干部选拔 人员招聘 两代表一委员 公务员录用 保障房 惠民补助 科研项目"
)
CITIES = (
    "政府性资金项目安排 消防安全 行政审批 资金扶持 科研项目管理 基础设施和公用事业特许经营 保障性住房建设和分配 "
    "居民养老 医保 积分入学 事业人员聘用"
)
CODES = (
    "BID.TENDER BID.VOL BID.AGENCY BID.EXPERT BID.STAFF BID.CONSORT GPC.SUPPLIER GPC.CONSORT GPC.AGENCY GPC.EXPERT "
    "LAND.AUCTION LAND.AGREE LAND.LEASE SOE.EQUITY SOE.ASSET SOE.CAPITAL MINE.RIGHT FRAN.GRANT LIC.SAFE78 LIC.GEN "
    "LIC.COMMIT LIC.TOL LIC.GREEN MKT.REG MKT.DEREG MKT.LR QUAL.ENT QUAL.PERSON INV.GOV INV.APPROVE FUND.SUBSIDY "
    "FUND.PROJECT FUND.TALENT HONOR.ENT HONOR.PERSON HONOR.REVOKE CREDIT.LOAN CREDIT.GUAR CREDIT.BOND POST.DJG POST.LR "
    "POST.FIN POST.SOE POST.JUROR POST.SUPV CIVIL.SERV CIVIL.INST CIVIL.SOE SCI.NSFC SCI.PROJ SCI.AWARD SCI.EXPERT "
    "FOOD.LIC FOOD.INSP FOOD.STAFF INSP.FREQ INSP.CLASS SAFE.LIC SAFE.POST SAFE.INSP FIRE.TECH FIRE.INSP HOUSE.APPLY "
    "HOUSE.ALLOC WELFARE.AID TAX.PREF CUST.CLEAR CUST.AEO TRAVEL.AIR TRAVEL.RAIL TRAVEL.CONSUME EXIT.BAN EDU.ENROL "
    "EDU.EXAM DEREG.SIMPLE DEREG.PUBEND"
)


@pytest.fixture(scope="module")
def tables() -> Tables:
    """Return the tables of the shipped catalogue."""
    return compile_catalog(default_catalog(), "test")


@pytest.mark.parametrize("name", [*PLANS.split(), *CITIES.split(), *CODES.split()])
def test_every_scene_and_code_leads_to_a_matter(name: str, tables: Tables) -> None:
    """What a plan or the taxonomy names can be asked by that name, and lies in the tree."""
    assert tables.resolve_matter(name).code in tables.catalog.matters


def test_a_measure_may_name_a_branch() -> None:
    """公共资源交易 holds what is traded publicly, and every scene hangs in the tree or is a branch without twigs."""
    matters = default_catalog().matters
    above = {parent for matter in matters.values() for parent in matter.parents}
    assert {code for code, matter in matters.items() if "PRT" in matter.parents} == PRT
    assert {code for code, matter in matters.items() if not matter.parents and code not in above} == WITHOUT_TWIGS


PRT = {"BID", "GPC", "LAND", "SOE", "MINE", "FRAN"}
WITHOUT_TWIGS = {"INSUR", "ACCT", "ENTRY", "GOVEXP"}
