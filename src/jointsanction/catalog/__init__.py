"""The catalogue (目录): reading it, checking it, compiling it, explaining it.

Nothing is imported here: the read path takes the bundle and must not load the YAML library.
"""
