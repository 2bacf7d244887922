"""`jointsanction demo` (演示): the main job on shipped fictional lists, so that a newcomer sees what comes out."""


def demo() -> None:
    """用随附的虚构名单走一遍：导入名单，核查一次政府采购的全部供应商，显示结论、措施、依据、处置与原因。"""
    from jointsanction.cli import demonstration  # noqa: PLC0415 - the engine and the store, only when it is asked

    demonstration.run_demo()
