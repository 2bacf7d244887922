"""What is told (结论): the outcome of a profile bound to the rows, dates and promises of the case."""
