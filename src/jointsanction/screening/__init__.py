"""Many subjects (批量核查): row by row, a tender, a table; the answers are those of `check_subject`, row for row."""
