"""What each field and word of the catalogue means, in Chinese (字段说明)."""
