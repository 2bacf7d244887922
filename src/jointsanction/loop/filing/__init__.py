"""What is filed of a check (核查归档): the answer, its receipt, what it asks to be done; all of it or nothing."""
