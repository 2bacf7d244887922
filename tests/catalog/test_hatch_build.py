"""The build hook: a wheel carries the compiled catalogue, an editable install does not."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from jointsanction.catalog.bundle import read_bundle
from jointsanction.catalog.load import load_catalog

HOOK = Path(__file__).parents[2] / "hatch_build.py"


class StandIn:
    """What the hook uses of hatchling's base class; the real one is met when the wheel under test is built."""

    def __init__(self, root: str) -> None:
        """Keep the root of the checkout."""
        self.root = root

    def __class_getitem__(cls, _: object) -> type[StandIn]:
        """Take a type as the generic base does."""
        return cls


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return the hook's module, loaded by path as the build backend does."""
    name = ""
    for part in ("hatchling", "builders", "hooks", "plugin", "interface"):
        name = f"{name}.{part}".lstrip(".")
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    monkeypatch.setattr(sys.modules[name], "BuildHookInterface", StandIn, raising=False)
    spec = importlib.util.spec_from_file_location("hatch_build", HOOK)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(hook: ModuleType, root: Path, version: str) -> dict[str, Any]:
    """Run the hook on a checkout and return what it adds to the wheel, by place."""
    build = hook.CustomBuildHook(str(root))
    data: dict[str, Any] = {"force_include": {}}
    build.initialize(version, data)
    added = {place: read_bundle(Path(path)) for path, place in data["force_include"].items()}
    build.finalize(version, data, "")
    assert not any(Path(path).exists() for path in data["force_include"])
    return added


def test_a_wheel_carries_the_bundle(hook: ModuleType, world: Path) -> None:
    """Every read path of an installed package loads this file."""
    assert run(hook, world, "standard") == {"jointsanction/data/catalogue.json": load_catalog([world])}


def test_an_editable_install_reads_the_yaml(hook: ModuleType, world: Path) -> None:
    """A stale bundle would hide what the author just changed."""
    assert run(hook, world, "editable") == {}


SCRIPT = """
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

name = ""
for part in ("hatchling", "builders", "hooks", "plugin", "interface"):
    name = f"{name}.{part}".lstrip(".")
    sys.modules[name] = ModuleType(name)
sys.modules[name].BuildHookInterface = dict
spec = spec_from_file_location("hatch_build", sys.argv[1])
module = module_from_spec(spec)
spec.loader.exec_module(module)
module.compile_catalogue(Path(sys.argv[2]), Path(sys.argv[3]))
print([name for name in ("jointsanction.engine", "pluggy", "sqlmodel", "typer") if name in sys.modules])
"""


def test_the_hook_runs_without_the_package(world: Path) -> None:
    """A build environment has pydantic and PyYAML, and nothing else the package needs."""
    (world / "src").symlink_to(HOOK.parent / "src")
    command = [sys.executable, "-c", SCRIPT, str(HOOK), str(world), str(world / "b.json")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own words
    assert done.stdout.strip() == "[]"
    assert read_bundle(world / "b.json") == load_catalog([world])
