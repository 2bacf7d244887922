"""What the lists say on the day (名单状态): found, dated, in force or not, and until when."""
