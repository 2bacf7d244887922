"""The lists (名单库): how they are read from files, and how a subject is found on them."""
