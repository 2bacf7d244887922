"""Every step of the layout of the docket (办理台账的库结构步骤)."""
