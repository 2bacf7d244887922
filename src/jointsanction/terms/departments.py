"""The mapping chain of a place (权责清单): at which level a power item is handled, and what sort of power it is."""

from jointsanction.terms.term import Term


class PowerLevel(Term):
    """At which level a power item is handled (行使层级); the same item may be handled at several."""

    NATIONAL = "national", "国家级"
    PROVINCE = "province", "省级"
    CITY = "city", "市级"
    COUNTY = "county", "县级"
    TOWNSHIP = "township", "乡级"


class PowerKind(Term):
    """What sort of power an item is (事项类型).

    `other` is an administrative power of none of the kinds named; `public-service` is no power, but stands in the
    same lists and is handled at the same window.
    """

    LICENCE = "licence", "行政许可"
    PENALTY = "penalty", "行政处罚"
    COERCION = "coercion", "行政强制"
    LEVY = "levy", "行政征收"
    PAYMENT = "payment", "行政给付"
    INSPECTION = "inspection", "行政检查"
    CONFIRMATION = "confirmation", "行政确认"
    REWARD = "reward", "行政奖励"
    ADJUDICATION = "adjudication", "行政裁决"
    OTHER = "other", "其他行政权力"
    PUBLIC_SERVICE = "public-service", "公共服务"
