"""Runs the cases beside the data (用例), for us and for every embedder.

>>> from jointsanction.testing import run_cases
>>> [outcome.name for outcome in run_cases([]) if outcome.faults]
[]
"""

from jointsanction.testing.cases import CaseOutcome, Worlds, answer, case_lines, read_cases, run_case, run_cases

__all__ = ["CaseOutcome", "Worlds", "answer", "case_lines", "read_cases", "run_case", "run_cases"]
