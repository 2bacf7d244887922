"""One form for every YAML file an author writes (统一格式): order of keys, quotes, indentation; comments stay."""
