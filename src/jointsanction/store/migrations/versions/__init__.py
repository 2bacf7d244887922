"""The steps (变更步骤), each named for its number: once released, none is ever changed."""
