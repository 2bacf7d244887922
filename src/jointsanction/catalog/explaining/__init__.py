"""One entry as text, a module each kind (条目说明)."""
