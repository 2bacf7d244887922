"""Messages to other systems (推送): written with what they tell of, and sent until they arrive or somebody looks."""
