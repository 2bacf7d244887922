"""Derivation of further facts by rules (推导): `derive(facts, rules)`; which engine did it does not show."""

from jointsanction.inference.evaluate import Derived, Fact, could_match, derive

__all__ = ["Derived", "Fact", "could_match", "derive"]
