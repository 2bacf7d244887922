"""The steps of the straight line (核查步骤), a room each: asking, standing, planning, deriving, applying, concluding.

Each takes values and returns values; none reads the clock, the disk, the environment or a module variable. A room
knows those before it and none after it.
"""
