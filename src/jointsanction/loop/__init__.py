"""What follows a change of the lists (闭环): whom it touches, and who wanted to know."""
