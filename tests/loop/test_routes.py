"""Routes: read strictly, every fault with its place; who may be called is written down, and no secret ever is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jointsanction import JointSanctionError
from jointsanction.loop.pushing.routes import load_routes, read_routes, secret_text, target_of
from jointsanction.loop.pushing.transports.hosts import addresses_of, is_allowed, is_host
from jointsanction.model.routes import KeptSecret

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """\
source: https://credit.example.gov.cn/
hosts: [receiver.example.gov.cn:443]
receivers:
  city-procurement:
    http:
      url: https://receiver.example.gov.cn/in
      secrets: [{env: NEW}, {file: older.key}]
      algorithms: [sha256, sm3]
  city-court: {file: {folder: out}}
  city-trading: {table: {}}
"""


def test_routes_are_read(tmp_path: Path) -> None:
    """What is written is what is meant; what is left out has a default."""
    (tmp_path / "routes.yaml").write_text(GOOD, encoding="utf-8")
    routes = load_routes(tmp_path / "routes.yaml")
    http = routes.receivers["city-procurement"].http
    assert http is not None
    assert (http.algorithms, http.timeout, routes.attempts) == (("sha256", "sm3"), 10, 12)
    assert routes.receivers["city-trading"].table is not None
    with pytest.raises(JointSanctionError) as refusal:
        load_routes(tmp_path / "none.yaml")
    assert refusal.value.code == "loop.no_routes"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("folder: out", "foldr: out", "routes.yaml:9:23: catalog.unknown_key 未知字段 'foldr'，您是否想写 'folder'"),
        ("https://credit.example.gov.cn/", "credit", "routes.yaml:1:9: loop.routes source"),
        ("receiver.example.gov.cn:443", "receiver.example.gov.cn", "routes.yaml:2:9: loop.routes"),
        ("receiver.example.gov.cn:443", "other.example.gov.cn:443", "receiver.example.gov.cn:443 不在允许的主机"),
        ("https://receiver.example.gov.cn/in", "ftp://receiver.example.gov.cn", "routes.yaml:6:12: loop.routes url"),
        ("https://receiver.example.gov.cn/in", "https://u:p@receiver.example.gov.cn/", "不带用户名"),
        ("https://receiver.example.gov.cn/in", "https://receiver.example.gov.cn:x/", "不在允许的主机"),
        ("{table: {}}", "{table: {}, file: {folder: x}}", "只写一种推送方式"),
        ("{table: {}}", "{note: 待定}", "只写一种推送方式"),
        ("{table: {}}", "{table: {database: {}}}", "密钥出处"),
        ("{env: NEW}", "{env: NEW, file: x}", "routes.yaml:7:17: loop.routes 密钥出处"),
        ("[{env: NEW}, {file: older.key}]", "[]", "至少写一个密钥"),
        ("[sha256, sm3]", "[sha1]", "catalog.unknown_value"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(old: str, new: str, said: str) -> None:
    """Line, column, what, and what was probably meant."""
    assert old in GOOD
    with pytest.raises(JointSanctionError) as refusal:
        read_routes(GOOD.replace(old, new).encode(), "routes.yaml")
    assert refusal.value.code == "loop.routes"
    assert said in refusal.value.message


def test_a_file_that_is_no_yaml_is_refused() -> None:
    """All that is wrong with it is told."""
    with pytest.raises(JointSanctionError, match="empty_file"):
        read_routes(b"", "routes.yaml")


def test_secrets_come_from_outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the environment or a file; one that isn't there is named by its place."""
    monkeypatch.setenv("NEW", " whsec_x \n")
    (tmp_path / "key").write_text("whsec_y\n", encoding="utf-8")
    assert secret_text(KeptSecret(env="NEW")) == "whsec_x"
    assert secret_text(KeptSecret(file=str(tmp_path / "key"))) == "whsec_y"
    for missing, where in ((KeptSecret(env="NONE"), "环境变量 NONE"), (KeptSecret(file="none.key"), "文件 none.key")):
        with pytest.raises(JointSanctionError, match=where) as refusal:
            secret_text(missing)
        assert refusal.value.code == "loop.no_secret"


@pytest.mark.parametrize(
    ("entry", "right"),
    [("a.cn:443", True), ("*.a.cn:443", True), ("[::1]:80", True), ("a.cn", False), ("a.cn:0", False),
     ("a.cn:99999", False), ("*:443", False), ("https://a.cn:443", False)],
)  # fmt: skip
def test_an_entry_of_the_list(entry: str, right: bool) -> None:  # noqa: FBT001 - a table
    """Host and port, both."""
    assert is_host(entry) is right


def test_a_host_is_allowed_by_name_or_by_domain() -> None:
    """By its own name, by its domain, and at its port; nothing else."""
    hosts = ["A.cn:443", "*.b.cn:8443", "[::1]:80"]
    assert is_allowed("a.cn", 443, hosts) is True
    assert is_allowed("::1", 80, hosts) is True
    assert is_allowed("x.y.b.cn", 8443, hosts) is False
    for host, port in (("a.cn", 80), ("b.cn", 8443), ("xb.cn", 8443), ("x.a.cn", 443)):
        assert is_allowed(host, port, hosts) is None


@pytest.mark.parametrize(
    ("host", "fit"),
    [("127.0.0.1", True), ("10.0.0.8", True), ("::ffff:10.0.0.8", True), ("0.0.0.0", False), ("224.0.0.1", False)],  # noqa: S104
)
def test_an_address_is_looked_at(host: str, fit: bool) -> None:  # noqa: FBT001 - a table
    """What stands on the list by its own name may lie on an intranet; nobody is called who is everybody."""
    listed = [f"[{host}]:80" if ":" in host else f"{host}:80"]
    if fit:
        assert len(list(addresses_of(host, 80, listed))) == 1
        return
    with pytest.raises(JointSanctionError, match="不允许访问"):
        list(addresses_of(host, 80, listed))


def test_a_host_that_is_none_is_not_called() -> None:
    """Not on the list, or with no address."""
    for listed, said in (([], "不在允许的主机"), (["no-such-host.invalid:80"], "查不到主机")):
        with pytest.raises(JointSanctionError, match=said):
            list(addresses_of("no-such-host.invalid", 80, listed))
    assert target_of("http://A.cn/x") == ("a.cn", 80)
    assert target_of("https://a.cn:8443") == ("a.cn", 8443)
