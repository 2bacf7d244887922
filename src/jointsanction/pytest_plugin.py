"""Cases as tests of an embedder's own suite (pytest 插件): asleep until `--jointsanction` or the ini option asks.

pytest loads this module wherever the library is installed, so it imports nothing of the library before it is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jointsanction.model.case import Case
    from jointsanction.testing import Worlds

_SUFFIX: Final = ".test.yaml"
_AWAKE: Final = "jointsanction-cases"
_SWITCH: Final = "收集 *.test.yaml，每个用例作为一项测试。"
_CATALOGUES: Final = "叠加在随附目录之上的自有目录，可以几个。"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the switch, and further catalogues, each on the command line and in the ini file."""
    group = parser.getgroup("jointsanction", "jointsanction：信用联合奖惩用例")
    group.addoption("--jointsanction", action="store_true", help=_SWITCH)
    group.addoption("--jointsanction-catalogue", action="append", default=[], metavar="DIR", help=_CATALOGUES)
    parser.addini("jointsanction", _SWITCH, type="bool", default=False)
    parser.addini("jointsanction_catalogues", _CATALOGUES, type="paths", default=[])


def pytest_configure(config: pytest.Config) -> None:
    """Wake up when asked to."""
    if config.getoption("jointsanction") or config.getini("jointsanction"):
        config.pluginmanager.register(Cases(config), _AWAKE)


class Cases:
    """Collects files of cases (收集用例); the catalogue is read once, when the first case runs."""

    def __init__(self, config: pytest.Config) -> None:
        """Take the catalogues from the command line, else from the ini file."""
        typed = [config.invocation_params.dir / path for path in config.getoption("jointsanction_catalogue")]
        self._roots: list[Path] = typed or list(config.getini("jointsanction_catalogues"))
        self._worlds: Worlds | None = None

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
        """Collect a file of cases."""
        if not file_path.name.endswith(_SUFFIX):
            return None
        return CaseFileNode.from_parent(parent, path=file_path, cases=self)

    def worlds(self) -> Worlds:
        """Return the worlds that cases are asked in."""
        from jointsanction.catalog.bundle import catalog_version  # noqa: PLC0415 - only when it is asked
        from jointsanction.catalog.compile import compile_catalog  # noqa: PLC0415 - the same
        from jointsanction.engine import open_catalog  # noqa: PLC0415 - the same
        from jointsanction.testing import Worlds  # noqa: PLC0415 - the same

        if self._worlds is None:
            catalog = open_catalog(self._roots)
            self._worlds = Worlds(compile_catalog(catalog, catalog_version(catalog)))
        return self._worlds


class CaseFileNode(pytest.File):
    """A file of cases (用例文件)."""

    def __init__(self, *, cases: Cases, **rest: Any) -> None:
        """Keep what gives the worlds."""
        super().__init__(**rest)
        self._cases = cases

    def collect(self) -> Iterator[pytest.Item]:
        """Yield every case of the file; one that can't be read fails with all its problems."""
        from jointsanction.errors import CatalogError  # noqa: PLC0415 - only when it is asked
        from jointsanction.testing import case_lines, read_cases  # noqa: PLC0415 - the same

        try:
            found = read_cases(self.path)
        except CatalogError as error:
            raise self.CollectError(error.message) from error
        for case, line in zip(found, case_lines(self.path), strict=True):
            yield CaseItem.from_parent(self, name=case.name, case=case, line=line, cases=self._cases)


class CaseFailure(Exception):  # noqa: N818 - a case that does not hold is no error of the program
    """A case that does not hold; its arguments are what came out otherwise (用例不符)."""


class CaseItem(pytest.Item):
    """One case (用例)."""

    def __init__(self, *, case: Case, line: int, cases: Cases, **rest: Any) -> None:
        """Keep the case and where it stands."""
        super().__init__(**rest)
        self._case = case
        self._line = line
        self._cases = cases

    def runtest(self) -> None:
        """Ask, and compare with what the case wants."""
        from jointsanction.errors import JointSanctionError  # noqa: PLC0415 - only when it is asked
        from jointsanction.testing import run_case  # noqa: PLC0415 - the same

        worlds = self._cases.worlds()
        try:
            faults = run_case(self._case, worlds)
        except JointSanctionError as error:
            faults = (f"{error.code} {error.message}",)
        if faults:
            raise CaseFailure(*faults)

    def repr_failure(
        self,
        excinfo: pytest.ExceptionInfo[BaseException],
        style: Any = None,  # noqa: ANN401 - pytest gives it no public name
    ) -> Any:  # noqa: ANN401 - the same
        """Return what came out otherwise, and where the case stands; no traceback, for there is no code to look at."""
        if not isinstance(excinfo.value, CaseFailure):
            return super().repr_failure(excinfo, style)
        faults = "\n".join(f"  {fault}" for fault in excinfo.value.args)
        return f"用例不符：{self._case.name}\n{faults}\n{self.path}:{self._line}"

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return where the case stands and what it is called."""
        return self.path, self._line - 1, f"{self.path.name}：{self._case.name}"
