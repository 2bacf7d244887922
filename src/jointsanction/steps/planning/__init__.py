"""What of the law is in question (核查方案): measures, rules and lists of a matter on a day."""
