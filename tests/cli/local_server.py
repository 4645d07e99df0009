"""A real HTTP server on a free port that answers what a test tells it, and remembers what it was asked."""

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Site:
    """`answers`: (method, path) -> list of (status, body, headers); the last one is repeated."""

    url: str = ""
    answers: dict = field(default_factory=dict)
    asked: list = field(default_factory=list)

    def on(self, method: str, path: str, *answers):
        self.answers[(method, path)] = list(answers)

    def times(self, method: str, path: str) -> int:
        return sum((method, path) == (each["method"], each["path"]) for each in self.asked)


@contextmanager
def local_site():
    site = Site()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(site))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    site.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(site: Site):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self):
            path, _, query = self.path.partition("?")
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            site.asked.append({"method": self.command, "path": path, "query": query, "body": body, "headers": dict(self.headers)})
            planned = site.answers.get((self.command, path)) or [(404, {"title": "Not Found", "status": 404}, {})]
            status, content, *headers = planned.pop(0) if len(planned) > 1 else planned[0]
            self.reply(status, content, headers[0] if headers else {})

        def reply(self, status, content, headers):
            data = content if isinstance(content, bytes) else json.dumps(content).encode()
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", "Content-Length": str(len(data)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PUT = do_DELETE = answer

        def log_message(self, *arguments):
            pass

    return Handler
