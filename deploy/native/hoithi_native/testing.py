"""For tests: an instance of one's own on free ports."""

import os
import socket
from pathlib import Path

from hoithi_native import guard
from hoithi_native.instance import Instance

# Below the range from which the kernel hands out ports of outgoing connections (32768).
_FIRST, _LAST, _BLOCK, _USED = 20000, 32000, 100, 70


def free_instance(tmp: Path, replicas=None, **more) -> Instance:
    """An instance in `tmp` on ports that were all free a moment ago; stop() it at the end. `more` goes to Instance.

    Should this process be killed before it can do that, a guard stops the instance.
    """
    base = next(filter(_block_is_free, _candidates(tmp)))
    instance = Instance(tmp, front_port=base, base_port=base, replicas=replicas, **more)
    guard.watch(instance)
    return instance


def _candidates(tmp):
    """Every block once, beginning at one that depends on the folder: parallel runs rarely meet.

    HOITHI_TEST_PORTS=first-last gives a run ports of its own: they never do.
    """
    first, _, last = os.environ.get("HOITHI_TEST_PORTS", f"{_FIRST}-{_LAST}").partition("-")
    blocks = range(int(first), int(last), _BLOCK)
    start = hash(str(tmp)) % len(blocks)
    return [*blocks[start:], *blocks[:start]]


def _block_is_free(base):
    return all(_is_free(port) for port in range(base, base + _USED))


def _is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
