"""What follows from it (推导): the profile of a case, its counts, and what rules make of both."""
