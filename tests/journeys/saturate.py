"""Keeps doors busy from a process of its own: `saturate.py METHOD THREADS BODY URL...` until its standard input closes.

`{n}` in BODY is another number for every request. At the end it prints as JSON how many answers of which status it got
and how long one took (median, seconds).
"""

import http.client
import json
import statistics
import sys
import threading
import time
from collections import Counter
from itertools import count, cycle
from urllib.parse import urlsplit

HEADERS = {"Content-Type": "application/json"}


class Crowd:
    """Threads that ask again as soon as they are answered."""

    def __init__(self, method: str, body: str, urls: list[str]):
        self.method, self.body = method, body
        self.urls, self.numbers, self.lock = cycle(urls), count(), threading.Lock()
        self.over, self.seconds, self.statuses = threading.Event(), [], Counter()

    def ask(self) -> None:
        while not self.over.is_set():
            with self.lock:
                url, body = urlsplit(next(self.urls)), self.body.replace("{n}", str(next(self.numbers)))
            began = time.monotonic()
            status = self.once(url, body)
            with self.lock:
                self.seconds.append(time.monotonic() - began)
                self.statuses[status] += 1

    def once(self, url, body: str) -> str:
        connection = http.client.HTTPConnection(url.netloc, timeout=60)
        try:
            connection.request(self.method, url.path, body or None, HEADERS)
            answer = connection.getresponse()
            answer.read()
            return str(answer.status)
        except OSError as error:
            return type(error).__name__
        finally:
            connection.close()

    def told(self) -> dict:
        with self.lock:
            median_s = statistics.median(self.seconds) if self.seconds else None
            return {"answers": len(self.seconds), "median_s": median_s, "statuses": dict(self.statuses)}


def main(method: str, threads: str, body: str, *urls: str) -> None:
    crowd = Crowd(method, body, list(urls))
    for _ in range(int(threads)):
        threading.Thread(target=crowd.ask, daemon=True).start()
    sys.stdin.read()
    print(json.dumps(crowd.told()))


if __name__ == "__main__":
    main(*sys.argv[1:])
