"""Frozen values (领域值): subjects and listings, the catalogue, the answer."""
