"""What follows a filed check (执行与反馈): the plan, what was done, what was told back, the cases and the figures."""
