"""Which hosts may be called (允许的主机): those of a list, at addresses that are fit for them.

A host that stands on the list by its own name may lie on an intranet. One that is let through by its domain may not:
whoever can name a host of that domain would else reach any machine in here. The address that was looked at is the one
that is called.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from typing import TYPE_CHECKING, Final

from jointsanction.loop.pushing.transports.parcel import undelivered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_HOST: Final = re.compile(r"((?:\*\.)?[A-Za-z0-9_][A-Za-z0-9_.-]*|\[[0-9A-Fa-f:.]+\]):([0-9]{1,5})")
_PORTS: Final = range(1, 65536)


def is_host(text: str) -> bool:
    """Tell whether a text is an entry of the list: `host:port`, `*.domain:port`, `[IPv6]:port`."""
    found = _HOST.fullmatch(text)
    return found is not None and int(found[2]) in _PORTS


def is_allowed(host: str, port: int, hosts: Iterable[str]) -> bool | None:
    """Tell whether a host may be called at a port: None if not, else whether it stands there by its own name."""
    listed = {each.lower() for each in hosts}
    if f"[{host}]:{port}" in listed or f"{host}:{port}" in listed:
        return True
    parents = (f"*{host[place:]}:{port}" for place, sign in enumerate(host) if sign == "." and place)
    return None if listed.isdisjoint(parents) else False


def addresses_of(host: str, port: int, hosts: Iterable[str]) -> Iterator[str]:
    """Yield the addresses at which a host may be called; none of them when one is not fit to be.

    Raises:
        LoopError: `loop.undelivered`.
    """
    by_name = is_allowed(host, port, hosts)
    if by_name is None:
        raise undelivered(f"{host}:{port} 不在允许的主机中")
    try:
        told = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise undelivered(f"查不到主机 {host} 的地址") from error
    found = list(dict.fromkeys(str(each[4][0]).partition("%")[0] for each in told))
    if not all(_is_fit(address, host, by_name=by_name) for address in found):
        raise undelivered(f"主机 {host} 的地址不允许访问")
    yield from found


def _is_fit(text: str, host: str, *, by_name: bool) -> bool:
    address = ipaddress.ip_address(text)
    mapped = getattr(address, "ipv4_mapped", None)
    address = mapped if mapped is not None else address
    if address.is_multicast or address.is_unspecified or (address.is_link_local and text != host):
        return False  # 169.254.169.254 tells machines of a cloud their secrets
    return by_name or address.is_global
