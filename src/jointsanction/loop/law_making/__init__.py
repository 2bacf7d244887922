"""Changes of the catalogue (目录修改): tried out by one, approved by another."""
