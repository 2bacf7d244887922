"""What somebody has to look at (工作清单): exits due, lists grown stale, rows that may be one, deadlines."""
