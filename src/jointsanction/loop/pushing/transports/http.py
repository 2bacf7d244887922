"""Messages over HTTP (接口推送): one signed POST to a host of the list, no redirects, and an end to waiting."""

from __future__ import annotations

import socket
import ssl
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from threading import Timer
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from jointsanction.loop.pushing.messages import MEDIA_TYPE
from jointsanction.loop.pushing.signing import signed_headers
from jointsanction.loop.pushing.transports.hosts import addresses_of
from jointsanction.loop.pushing.transports.parcel import undelivered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointsanction.loop.pushing.transports.parcel import Parcel

_READ_BACK: Final = 4096
_GOOD: Final = range(200, 300)


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where and how a receiver is called (接口): its URL taken apart, its secrets, who may be called at all."""

    url: str
    host: str
    port: int
    hosts: tuple[str, ...]
    secrets: tuple[bytes, ...] = field(repr=False)
    algorithms: tuple[str, ...]
    timeout: int
    ca: str | None = None


def post(endpoint: Endpoint, parcel: Parcel) -> None:
    """Send a message and see that it was taken, which any 2xx says (递送到接口).

    Raises:
        LoopError: `loop.undelivered`; `loop.no_sm3`.
    """
    signed = signed_headers(parcel.key, parcel.body, endpoint.secrets, endpoint.algorithms, parcel.at)
    headers = {**signed, "Content-Type": MEDIA_TYPE, "User-Agent": "jointsanction", "Connection": "close"}
    try:
        status = _status(endpoint, parcel.body, headers)
    except ssl.SSLCertVerificationError as error:
        raise undelivered(f"证书不可信：{error.verify_message}") from error
    except TimeoutError as error:
        raise undelivered(f"{endpoint.timeout} 秒内没有应答") from error
    except (OSError, HTTPException) as error:
        raise undelivered(f"连接中断或者应答不合规：{type(error).__name__}") from error
    if status not in _GOOD:
        raise undelivered(f"接收方应答 HTTP {status}")


def _status(endpoint: Endpoint, body: bytes, headers: dict[str, str]) -> int:
    """Return what a receiver answers; what else it says is read up to a bound and thrown away."""
    url = urlsplit(endpoint.url)
    path = (url.path or "/") + (f"?{url.query}" if url.query else "")
    with _link(endpoint) as link, closing(HTTPConnection(endpoint.host, endpoint.port)) as connection:
        connection.sock = link
        connection.request("POST", path, body, headers)
        response = connection.getresponse()
        with suppress(OSError, HTTPException):  # its answer stands, whatever it breaks off
            response.read(_READ_BACK)
        return response.status


@contextmanager
def _link(endpoint: Endpoint) -> Iterator[socket.socket]:
    """Give a connection that is cut when the time is over, however slowly the other side goes on talking."""
    plain = _connected(endpoint)
    link = [plain]
    late = list[bool]()
    timer = Timer(endpoint.timeout, _cut, (link, late))
    timer.daemon = True
    timer.start()
    try:
        if endpoint.url.lower().startswith("https:"):
            context = ssl.create_default_context(cafile=endpoint.ca)
            # The hands are shaken afterwards, so that the timer holds the connection by then.
            safe = context.wrap_socket(plain, server_hostname=endpoint.host, do_handshake_on_connect=False)
            link[0] = safe
            safe.do_handshake()
        yield link[0]
    except (OSError, HTTPException) as error:
        if late and not isinstance(error, TimeoutError):
            raise TimeoutError from error
        raise
    finally:
        timer.cancel()
        link[0].close()


def _connected(endpoint: Endpoint) -> socket.socket:
    """Return a connection to the first address that answers."""
    failed: OSError = ConnectionRefusedError()
    for address in addresses_of(endpoint.host, endpoint.port, endpoint.hosts):
        try:
            return socket.create_connection((address, endpoint.port), timeout=endpoint.timeout)
        except OSError as error:
            failed = error
    raise failed


def _cut(link: list[socket.socket], late: list[bool]) -> None:
    late.append(True)
    with suppress(OSError):
        link[0].shutdown(socket.SHUT_RDWR)
