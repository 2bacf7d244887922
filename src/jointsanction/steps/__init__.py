"""The steps of the straight line (核查步骤): ask, lookup, in_force, plan, derive, apply, settle, conclude.

Each takes values and returns values; none reads the clock, the disk, the environment or a module variable.
"""
