"""How the service is run (服务设置): what its settings file says; anything left out has the value written here."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from jointsanction.model.value import Many, Value
from jointsanction.terms import MessageKind

Port = Annotated[int, Field(ge=0, le=65535)]
Seconds = Annotated[int, Field(ge=1, le=86_400)]


class UploadLimits(Value):
    """How much a list file sent to the service may take (上传限额): of itself, of memory, of time.

    `bytes` is the size of the file, `memory` what reading it may take, `cpu_seconds` and `seconds` how long it may
    compute and how long it may take in all, waiting for another import included.
    """

    bytes: Annotated[int, Field(ge=1)] = 64 * 2**20
    memory: Annotated[int, Field(ge=256 * 2**20)] = 2 * 2**30
    cpu_seconds: Seconds = 600
    seconds: Seconds = 900


class ServiceSettings(Value):
    """How the service is run (服务设置).

    `store` is the URL of the lists, `catalogues` are laid over the shipped one. `proxies` are the addresses of the
    proxies whose word on who calls is taken, none unless named. `watch_seconds` is how often each process looks for new
    lists and catalogues; with `snapshot` it keeps the snapshot beside the store up to date. `stop_seconds` is how long
    a stop waits for what was begun. `audit_key` and `receivers` are paths, as are the two of TLS; messages go where
    `receivers` says for as long as the service runs, and `tell` says which receivers are told of which events.
    `body_bytes` is how long a request other than an upload may be, `batch` how many subjects one may name. `adapters`
    are the further doors that are opened, by name, such as `legacy`; `console` is whether there is the console.
    `public_url` is where people reach the service from outside: reports bear it, with the code they are verified by.
    """

    store: str | None = None
    catalogues: Many[str] = ()
    host: str = "127.0.0.1"
    port: Port = 8000
    workers: Annotated[int, Field(ge=1, le=64)] = 1
    tls_certificate: str | None = None
    tls_key: str | None = None
    proxies: Many[str] = ()
    watch_seconds: Seconds = 1
    snapshot: bool = False
    stop_seconds: Seconds = 30
    feedback_days: Annotated[int, Field(ge=1, le=366)] = 15
    algorithm: Annotated[str, Field(pattern="^(sha256|sm3)$")] = "sha256"
    audit_key: str | None = None
    receivers: str | None = None
    tell: dict[MessageKind, Many[str]] = Field(default_factory=dict)
    uploads: UploadLimits = Field(default_factory=UploadLimits)
    body_bytes: Annotated[int, Field(ge=1024)] = 2**20
    batch: Annotated[int, Field(ge=1, le=10_000)] = 1000
    adapters: Many[str] = ()
    console: bool = True
    public_url: str | None = None

    @model_validator(mode="after")
    def _whole(self) -> ServiceSettings:
        if (self.tls_certificate is None) is not (self.tls_key is None):
            message = "tls_certificate 和 tls_key 要同时写明"
            raise ValueError(message)
        return self
