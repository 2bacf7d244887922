"""The printed report (核查报告), extra `report`: one page that is filed with the case, and that can be verified."""
