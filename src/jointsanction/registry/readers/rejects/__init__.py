"""Refused rows go back (退回问题行): in the format they came in, untouched, with a column that says what is wrong."""
