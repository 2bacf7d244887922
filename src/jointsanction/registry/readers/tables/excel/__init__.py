"""Workbooks (电子表格): what is in the container, whether it is safe to open, and its sheets as grids of text."""
