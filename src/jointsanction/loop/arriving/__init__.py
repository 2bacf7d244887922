"""Lists that arrive (名单到达): read, taken in, and whoever it touches told."""
