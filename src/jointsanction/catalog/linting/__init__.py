"""What the linter looks at (合法性检查): remarks of one kind a module; `catalog/lint.py` gives them places."""
