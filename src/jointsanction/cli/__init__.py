"""The command line (命令行): what an officer, a script or a Java system over stdin and stdout types.

Nothing heavy is imported here or in the modules of the commands: the engine, the store and the tables of rich come in
when a command that needs them runs, so that `--help` answers at once.
"""

from jointsanction.cli.run import main

__all__ = ["main"]
