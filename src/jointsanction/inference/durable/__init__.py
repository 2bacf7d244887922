"""The second engine (第二推导引擎): the same answers, matched by durable_rules (extra `durable`)."""

from jointsanction.inference.durable.engine import Durable

__all__ = ["Durable"]
