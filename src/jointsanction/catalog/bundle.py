"""The compiled catalogue as one file (目录包): what goes into the wheel and what every read path loads.

JSON with the hash of its content and the version of its form. Nothing here imports the YAML library; a checkout, which
has no bundle, is read from its YAML files by `load`.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from weakref import ref

from pydantic import ValidationError

from jointsanction.errors import CatalogError, Problem
from jointsanction.model.catalogue import Catalog
from jointsanction.root import default_root

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

BUNDLE_NAME: Final = "catalogue.json"
FORM: Final = 1
"""The version of the bundle's form; another one is refused, not guessed at."""


def catalog_version(catalog: Catalog) -> str:
    """Return the hash of a catalogue's content (目录版本): equal content, equal version, whatever the files."""
    known = _VERSIONS.get(id(catalog))
    # A catalogue is immutable, so that its version need be worked out once; an id may be another's by now.
    if known is not None and known[0]() is catalog:
        return known[1]
    return _remembered(catalog, _hash(_content(catalog)))


_VERSIONS: Final[dict[int, tuple[ref[Catalog], str]]] = {}


def _remembered(catalog: Catalog, version: str) -> str:
    key = id(catalog)
    _VERSIONS[key] = (ref(catalog, lambda _: _VERSIONS.pop(key, None)), version)
    return version


def write_bundle(catalog: Catalog, path: Path) -> str:
    """Write a catalogue as one file and return its version (生成目录包)."""
    version, text = _bundle(catalog)
    path.write_text(text, encoding="utf-8")
    return version


def bundle_text(catalog: Catalog) -> str:
    """Return a catalogue as the text of a bundle."""
    return _bundle(catalog)[1]


def _bundle(catalog: Catalog) -> tuple[str, str]:
    content = _content(catalog)
    version = _remembered(catalog, _hash(content))
    return version, f'{{"form":{FORM},"version":{json.dumps(version)},"catalogue":{_canonical(content)}}}\n'


def read_bundle(source: Path | Traversable) -> Catalog:
    """Return the catalogue of a bundle (读取目录包).

    Raises:
        CatalogError: `catalog.bundle_unreadable`, `catalog.bundle_form` or `catalog.bundle_altered`.
    """
    try:
        raw = source.read_bytes()
    except OSError as error:
        raise _refusal(source, "catalog.bundle_unreadable", "无法读取目录包；请核对路径和权限。") from error
    return parse_bundle(raw, source)


def parse_bundle(raw: bytes, source: object) -> Catalog:
    """Return the catalogue of a bundle's bytes; `source` says in messages where they came from.

    Raises:
        CatalogError: as `read_bundle`.
    """
    try:
        document = json.loads(raw)
        form, version, content = document["form"], document["version"], document["catalogue"]
    except (ValueError, TypeError, KeyError) as error:
        raise _refusal(
            source, "catalog.bundle_unreadable", "不是目录包或已损坏；请用 jointsanction catalog build 重新生成。"
        ) from error
    if form != FORM:
        message = f"目录包格式版本为 {form}，本程序只认 {FORM}；请用本版本重新生成。"
        raise _refusal(source, "catalog.bundle_form", message)
    if not _is_unaltered(raw, content, version):
        message = "目录包内容与其哈希不符，可能被改动过；请重新生成，不要手工修改。"
        raise _refusal(source, "catalog.bundle_altered", message)
    try:
        catalog = Catalog.model_validate(content)
    except ValidationError as error:
        message = "目录包内容与本程序的目录结构不符；请用本版本重新生成。"
        raise _refusal(source, "catalog.bundle_form", message) from error
    _remembered(catalog, version)
    return catalog


def default_catalog() -> Catalog:
    """Return the catalogue that ships with the package: its bundle, or in a checkout the YAML files.

    Raises:
        CatalogError: when neither can be read.
    """
    root = default_root()
    bundle = root / BUNDLE_NAME
    if bundle.is_file():
        return read_bundle(bundle)
    from jointsanction.catalog.load import load_catalog  # noqa: PLC0415 - the YAML library, for a checkout only

    return load_catalog([Path(str(root))])


def _content(catalog: Catalog) -> dict[str, Any]:
    """Return the content of a catalogue as JSON values; what has its usual value is left out."""
    return catalog.model_dump(mode="json", exclude_defaults=True)


def _canonical(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _hash(content: object) -> str:
    return "sha256:" + hashlib.sha256(_canonical(content).encode()).hexdigest()


def _is_unaltered(raw: bytes, content: object, version: object) -> bool:
    """Return whether a bundle's content has the hash it states: as it stands there, else written anew.

    We write it canonically, so that the bytes need only be hashed; writing it again takes longer than reading it.
    """
    start = raw.find(_CONTENT) + len(_CONTENT)
    return "sha256:" + hashlib.sha256(raw[start:].rstrip()[:-1]).hexdigest() == version or _hash(content) == version


_CONTENT: Final = b'"catalogue":'


def _refusal(source: object, code: str, message: str) -> CatalogError:
    return CatalogError([Problem(str(source), 1, 1, code, message)])
