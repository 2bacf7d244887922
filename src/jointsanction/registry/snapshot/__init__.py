"""The hot index (热索引): lists in memory-mapped files that open at once and are shared between processes."""
