"""A folder of broken list files, each with the words its error must contain."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from jointsanction.errors import RegistryError
from jointsanction.registry.readers.read import read_listings

if TYPE_CHECKING:
    from jointsanction.model.catalogue import Catalog
    from jointsanction.registry.readers.report import ImportReport

FOLDER = Path(__file__).parents[2] / "broken" / "lists"
MANIFEST = FOLDER / "manifest.yaml"
CASES = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))["cases"]


def read(case: dict[str, Any], catalog: Catalog) -> ImportReport:
    """Read the file of a case."""
    mapping = FOLDER / case["mapping"] if "mapping" in case else None
    return read_listings(FOLDER / case["file"], catalog, list_code=case.get("list"), mapping=mapping)


@pytest.mark.parametrize(
    "case", [case for case in CASES if "row" not in case], ids=lambda case: case.get("mapping") or case["file"]
)
def test_a_broken_file_is_refused_whole(case: dict[str, Any], catalog: Catalog) -> None:
    """Nothing is half applied: what concerns the whole file refuses it, in words an office can act on."""
    with pytest.raises(RegistryError) as caught:
        read(case, catalog)
    error = caught.value
    assert error.code == case["code"]
    assert error.hint
    assert [word for word in case["words"] if word not in error.message + error.hint] == []


@pytest.mark.parametrize("case", [case for case in CASES if "row" in case], ids=lambda case: case["file"])
def test_a_broken_row_is_refused_with_its_reason(case: dict[str, Any], catalog: Catalog) -> None:
    """A row is refused alone, with its number, its column and its reason, and the file waits for --partial."""
    report = read(case, catalog)
    assert [(error.row, error.code) for error in report.errors] == [(case["row"], case["code"])]
    assert [word for word in case["words"] if word not in str(report.errors[0])] == []
    assert not report.acceptable(partial=False)
    assert report.rejected == 1


def test_every_broken_file_is_in_the_manifest() -> None:
    """A file that nobody reads tests nothing."""
    named = {case["file"] for case in CASES} | {case["mapping"] for case in CASES if "mapping" in case}
    assert named == {file.name for file in FOLDER.iterdir()} - {MANIFEST.name}
