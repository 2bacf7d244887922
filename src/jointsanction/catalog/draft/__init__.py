"""Drafting measures from a table (起草措施): rows of a memorandum's measure list become YAML that says what is open."""
