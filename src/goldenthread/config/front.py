"""Between the web server and Django: requests are read to their end before a thread is given away.

A WSGI thread that waits for a slow sender serves nobody else, and four of them are the whole
house: three hundred half-sent forms would close it. So the server's event loop collects each body,
within limits, and Django sees only complete requests.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from sys import stderr
from typing import Any, Protocol

log = logging.getLogger(__name__)

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
Application = Callable[[Environ, Callable[..., object]], Iterable[bytes]]

THREADS = 4  # per process: more only wait for each other and for connections
LARGEST_BODY = 6 * 1024 * 1024  # bytes; settings refuse more than 5 MB with a page
BODY_WITHIN = 120.0  # seconds for the whole of a body
ARRIVED = "goldenthread.arrived"  # when a request was whole: it may wait for a thread
PLAIN = [("content-type", "text/plain; charset=utf-8"), ("connection", "close")]


class Scope(Protocol):
    """What the server tells of a request."""

    http_version: str
    server: str
    client: str
    scheme: str
    method: str
    path: str
    query_string: str
    authority: str | None
    headers: Any


class _TooLarge(Exception):
    pass


class Front:
    """An RSGI application that runs a WSGI application on a few threads."""

    def __init__(self, application: Application, *, scheme: str = "http") -> None:
        self.application = application
        self.scheme = scheme  # of the address people know, which a proxy before us takes off
        self.threads = ThreadPoolExecutor(THREADS, thread_name_prefix="page")

    async def __rsgi__(self, scope: Scope, protocol: Any) -> None:
        """Answer one request."""
        try:
            async with asyncio.timeout(BODY_WITHIN):
                body = await _body_of(scope, protocol)
        except TimeoutError:
            protocol.response_str(408, PLAIN, "The request took too long to arrive.")
            return
        except _TooLarge:
            protocol.response_str(413, PLAIN, "The request is too large.")
            return
        loop = asyncio.get_running_loop()
        arrived = time.monotonic()
        answer = await loop.run_in_executor(self.threads, self._answer, scope, body, arrived)
        protocol.response_bytes(*answer)

    def _answer(self, scope: Scope, body: bytes, arrived: float) -> tuple[int, Headers, bytes]:
        status = 500
        headers: Headers = []

        def start(line: str, given: Headers, _error: object = None) -> None:
            nonlocal status, headers
            status, headers = int(line[:3]), [(name.lower(), value) for name, value in given]

        try:
            environ = environ_of(scope, body, self.scheme) | {ARRIVED: arrived}
            result = self.application(environ, start)
            try:
                return status, headers, b"".join(result)
            finally:
                getattr(result, "close", _nothing)()
        except Exception as error:  # noqa: BLE001 -- its message may carry what people sent
            log.error("A page failed: %s.", type(error).__name__)  # noqa: TRY400 -- as above
            return 500, PLAIN, b"Something went wrong on our side. Please try again."


async def _body_of(scope: Scope, protocol: Any) -> bytes:
    if "content-length" not in scope.headers and "transfer-encoding" not in scope.headers:
        return b""
    parts: list[bytes] = []
    size = 0
    async for part in protocol:
        size += len(part)
        if size > LARGEST_BODY:
            raise _TooLarge
        parts.append(part)
    return b"".join(parts)


def environ_of(scope: Scope, body: bytes, scheme: str = "http") -> Environ:
    """Return the request as WSGI (PEP 3333) describes it."""
    host, _, port = scope.server.rpartition(":")
    environ: Environ = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scheme,
        "wsgi.input": BytesIO(body),
        "wsgi.errors": stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    if scope.authority:
        environ["HTTP_HOST"] = scope.authority
    for name, value in scope.headers.items():
        _add_header(environ, name, value)
    return environ


def _add_header(environ: Environ, name: str, value: str) -> None:
    """Add one header; names with "_" could pass for others and are left out."""
    if "_" in name or name in {"content-length", "transfer-encoding"}:
        return
    key = name.upper().replace("-", "_")
    if key == "CONTENT_TYPE":
        environ[key] = value
        return
    key = f"HTTP_{key}"
    joined = "; " if key == "HTTP_COOKIE" else ","
    environ[key] = f"{environ[key]}{joined}{value}" if key in environ else value


def _nothing() -> None: ...
