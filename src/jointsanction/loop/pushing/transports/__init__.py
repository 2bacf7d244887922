"""Ways for messages to leave (推送方式): files, HTTP, a table; brokers come as plugins."""
