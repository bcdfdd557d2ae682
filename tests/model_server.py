"""A web server on loopback that serves one model file, and misbehaves in the ways that a test names."""

import http.client
import re
import socket
import threading
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


class ModelServer(ThreadingHTTPServer):
    """Gives each request the next of `answers`; the last one goes on for ever."""

    daemon_threads = False  # closing the server waits for its answers

    def __init__(self, payload: bytes, *answers):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.payload = payload
        self.answers = list(answers) or [ranged]
        self.ranges: list[str | None] = []
        self.paths: list[str] = []
        self.gate = threading.Event()  # an answer may wait here for the test
        self.closing = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/models"

    def handle_error(self, request, client_address):
        """Say nothing: clients that go away are what is tested."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: ModelServer

    def do_GET(self):
        server = self.server
        server.paths.append(self.path)
        server.ranges.append(self.headers["Range"])
        self.close_connection = True
        (server.answers.pop(0) if len(server.answers) > 1 else server.answers[0])(self)

    def do_CONNECT(self):
        self.do_GET()

    def log_message(self, *_):
        pass


@contextmanager
def serving(server):
    """Run a server in a thread, and end it together with its answers."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        for event in ("gate", "closing"):
            getattr(server, event, threading.Event()).set()
        server.shutdown()
        thread.join()
        server.server_close()


def head(handler, status, **headers):
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), str(value))
    handler.end_headers()


def offset_of(handler) -> int:
    asked = re.fullmatch(r"bytes=(\d+)-", handler.headers["Range"] or "")
    return int(asked[1]) if asked else 0


def whole(handler):
    """Know nothing of ranges."""
    payload = handler.server.payload
    head(handler, 200, Content_Length=len(payload))
    handler.wfile.write(payload)


def ranged(handler, stop=None, payload=None, wait_at=None):
    """Do what a good server does; `stop`: break off at that byte of the file; `wait_at`: stop there for the test."""
    payload, offset = payload or handler.server.payload, offset_of(handler)
    if offset >= len(payload):
        head(handler, 416, Content_Range=f"bytes */{len(payload)}", Content_Length=0)
        return
    span = {"Content_Range": f"bytes {offset}-{len(payload) - 1}/{len(payload)}"} if offset else {}
    head(handler, 206 if offset else 200, Content_Length=len(payload) - offset, **span)
    if wait_at is not None:
        handler.wfile.write(payload[offset:wait_at])
        handler.server.gate.wait()
        offset = max(offset, wait_at)
    handler.wfile.write(payload[offset:stop])


def breaking(at):
    return lambda handler: ranged(handler, stop=at)


def breaking_each(step):
    return lambda handler: ranged(handler, stop=offset_of(handler) + step)


def other(payload):
    """Serve another file than the one that was published."""
    return lambda handler: ranged(handler, payload=payload)


def announcing(length, stop=None):
    """Lie about the length, in either direction."""

    def answer(handler):
        head(handler, 200, Content_Length=length)
        handler.wfile.write(handler.server.payload[:stop])

    return answer


def without_length(handler):
    head(handler, 200)
    handler.wfile.write(handler.server.payload)


def chunked(handler, stop=None):
    """Send pieces of a told length; `stop`: break off there, without the last piece that ends the answer."""
    payload = handler.server.payload[:stop]
    head(handler, 200, Transfer_Encoding="chunked")
    for start in range(0, len(payload), 50_000):
        piece = payload[start : start + 50_000]
        handler.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece))
    if stop is None:
        handler.wfile.write(b"0\r\n\r\n")


def endless(handler):
    head(handler, 200)
    while not handler.server.closing.is_set():
        handler.wfile.write(bytes(100_000))


def gated(at):
    """Send the file up to a byte, wait for the test, then send the rest."""
    return lambda handler: ranged(handler, wait_at=at)


def status(code, **headers):
    return lambda handler: head(handler, code, Content_Length=0, **headers)


def redirect(location, body=None):
    """Send the client elsewhere; `body`: what else comes with that."""

    def answer(handler):
        headers = {} if body else {"Content_Length": 0}
        head(handler, 302, Location=location, **headers)
        if body:
            body(handler)

    return answer


class ForwardProxy(ThreadingHTTPServer):
    """A forward proxy: fetches http addresses and tunnels https ones."""

    daemon_threads = False

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _ProxyHandler)
        self.seen: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _ProxyHandler(BaseHTTPRequestHandler):
    server: ForwardProxy

    def do_GET(self):
        self.server.seen.append(self.path)
        target = urlsplit(self.path)
        upstream = http.client.HTTPConnection(target.hostname, target.port)
        upstream.request("GET", target.path, headers={"Range": self.headers["Range"]} if self.headers["Range"] else {})
        response = upstream.getresponse()
        body = response.read()
        upstream.close()
        self.send_response(response.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_CONNECT(self):
        self.server.seen.append(self.path)
        host, _, port = self.path.partition(":")
        with socket.create_connection((host, int(port))) as upstream:
            self.send_response(200)
            self.end_headers()
            up = threading.Thread(target=_pump, args=(self.connection, upstream))
            up.start()
            _pump(upstream, self.connection)
            up.join()
        self.close_connection = True

    def log_message(self, *_):
        pass


def _pump(source, sink):
    with suppress(OSError):
        while piece := source.recv(65536):
            sink.sendall(piece)
    for end, how in ((sink, socket.SHUT_WR), (source, socket.SHUT_RD)):
        with suppress(OSError):
            end.shutdown(how)
