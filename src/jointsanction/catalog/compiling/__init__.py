"""What the tables are made of (编译): names, levels, powers and proportion worked out once."""
