"""The bundle: equal content, equal version; nothing altered is believed; no YAML on the way."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import jointsanction.catalog.bundle
from jointsanction.catalog.bundle import BUNDLE_NAME, catalog_version, default_catalog, read_bundle, write_bundle
from jointsanction.catalog.load import load_catalog
from jointsanction.errors import CatalogError

if TYPE_CHECKING:
    from pathlib import Path


def test_a_bundle_gives_the_catalogue_back(world: Path, tmp_path: Path) -> None:
    """What the wheel carries answers as the YAML does."""
    catalog = load_catalog([world])
    version = write_bundle(catalog, tmp_path / BUNDLE_NAME)
    read = read_bundle(tmp_path / BUNDLE_NAME)
    assert read == catalog
    assert catalog_version(read) == version == catalog_version(catalog)
    assert version.startswith("sha256:")


def test_the_version_is_of_the_content(world: Path) -> None:
    """A comment changes nothing, a date changes everything."""
    before = catalog_version(load_catalog([world]))
    law = world / "measures/instruments/trade-law.yaml"
    law.write_text("# 注释\n" + law.read_text(encoding="utf-8"), encoding="utf-8")
    assert catalog_version(load_catalog([world])) == before
    law.write_text(law.read_text(encoding="utf-8").replace("2000-01-01", "2000-01-02"), encoding="utf-8")
    assert catalog_version(load_catalog([world])) != before


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("虚构贸易法", "虚构贸易条例", "bundle_altered"),
        ('"form":1', '"form":2', "bundle_form"),
        ('"catalogue"', '"catalog"', "bundle_unreadable"),
        ("{", "[", "bundle_unreadable"),
    ],
)
def test_an_altered_bundle_is_refused(old: str, new: str, code: str, world: Path, tmp_path: Path) -> None:
    """A receipt names the version; so the version must be that of what answered."""
    path = tmp_path / BUNDLE_NAME
    write_bundle(load_catalog([world]), path)
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CatalogError) as caught:
        read_bundle(path)
    assert caught.value.code == f"catalog.{code}"


def test_content_of_another_shape_is_refused(tmp_path: Path) -> None:
    """A bundle of a future version must not be half understood."""
    content = {"measures": {"x": {"id": "x"}}}
    version = jointsanction.catalog.bundle._hash(content)
    (tmp_path / "b.json").write_text(
        json.dumps({"form": 1, "version": version, "catalogue": content}), encoding="utf-8"
    )
    with pytest.raises(CatalogError) as caught:
        read_bundle(tmp_path / "b.json")
    assert caught.value.code == "catalog.bundle_form"


def test_a_missing_bundle_is_a_catalogue_error(tmp_path: Path) -> None:
    """Whoever names a bundle that isn't there hears it as ours."""
    with pytest.raises(CatalogError):
        read_bundle(tmp_path / "none.json")


def test_installed_the_bundle_is_read(world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wheel has the bundle; a checkout is read from its YAML."""
    catalog = load_catalog([world])
    monkeypatch.setattr(jointsanction.catalog.bundle, "default_root", lambda: world)
    assert default_catalog() == catalog
    write_bundle(catalog, tmp_path / BUNDLE_NAME)
    monkeypatch.setattr(jointsanction.catalog.bundle, "default_root", lambda: tmp_path)
    assert default_catalog() == catalog


def test_the_read_path_imports_no_yaml(world: Path, tmp_path: Path) -> None:
    """A service that answers from the bundle never loads the YAML library."""
    path = tmp_path / BUNDLE_NAME
    write_bundle(load_catalog([world]), path)
    script = (
        "import sys; from pathlib import Path; from jointsanction.catalog.bundle import read_bundle; "
        f"read_bundle(Path({str(path)!r})); print([name for name in sys.modules if name == 'yaml'])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)  # noqa: S603 - our own words
    assert done.stdout.strip() == "[]"
