"""Files become tables (文件成表): what a file is, how it is decoded, where its header stands."""
