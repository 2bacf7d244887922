"""The docket (办理台账): checks filed, what was done about them and by whom; beside the lists, behind the same door."""
