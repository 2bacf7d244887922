"""Reading list files (名单导入): bytes become listings and a report, and nothing is stored."""
