"""Citations held against the statutes themselves (条文核对)."""
