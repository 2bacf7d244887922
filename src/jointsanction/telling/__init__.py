"""What people are told (告知文本): answers and imports as parts of a page, for the command line, console and report."""
