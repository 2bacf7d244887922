"""The console (控制台): pages made at the server, for an officer in a hurry; they work without any script."""

from jointsanction.web.console.router import create_console

__all__ = ["create_console"]
