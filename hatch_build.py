"""Compile the YAML catalogue into the wheel (生成目录包): `jointsanction/data/catalogue.json`.

Runs in hatchling's build environment, which has pydantic and PyYAML but not the package's other dependencies.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

TARGET = "jointsanction/data/catalogue.json"


class CustomBuildHook(BuildHookInterface[Any]):
    """Adds the compiled catalogue to every wheel; an editable install reads the YAML of the checkout."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the catalogue before the wheel is put together; a broken catalogue breaks the build."""
        if version == "editable":
            return
        self._folder = TemporaryDirectory(prefix="jointsanction-")
        bundle = Path(self._folder.name) / "catalogue.json"
        compile_catalogue(Path(self.root), bundle)
        build_data["force_include"][str(bundle)] = TARGET

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Remove what was made for the build."""
        if version != "editable":
            self._folder.cleanup()


def compile_catalogue(root: Path, bundle: Path) -> None:
    """Write the bundle of the catalogue in a checkout."""
    source = root / "src"
    if "jointsanction" not in sys.modules:
        # The package's own __init__ imports the engine, whose dependencies a build environment has not.
        package = ModuleType("jointsanction")
        package.__path__ = [str(source / "jointsanction")]
        sys.modules["jointsanction"] = package
    from jointsanction.catalog.bundle import write_bundle  # noqa: PLC0415 - only now is the package there
    from jointsanction.catalog.load import load_catalog  # noqa: PLC0415

    write_bundle(load_catalog([root]), bundle)
