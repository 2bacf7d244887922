"""What a list file is worth (数据质量): what was tidied, what stands there twice, what share of rows is complete."""
