"""Files made into entries (读目录): YAML read strictly, each field typed, every fault told by file and line."""
