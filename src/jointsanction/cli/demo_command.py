"""`jointsanction demo` (演示): the main job on shipped fictional lists, so that a newcomer sees what comes out."""


def demo() -> None:
    """Run the main job on the shipped fictional lists (演示)."""
    from jointsanction.cli import demonstration  # noqa: PLC0415 - the engine and the store, only when it is asked

    demonstration.run_demo()
