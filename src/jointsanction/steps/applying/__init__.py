"""Which measures apply (适用): a reason for each one, applying or not, and the verdict."""
