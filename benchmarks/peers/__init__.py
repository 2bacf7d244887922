"""The same questions to other engines (同类引擎): one module each, all of one shape."""
