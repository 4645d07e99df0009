"""The event map as a Graphviz text, from the contracts: who publishes what, who hears it."""

from hoithi_contracts import emulation, exam, registration, scoring  # noqa: F401 (fills the registry)
from hoithi_contracts.event import REGISTRY

HEAD = """digraph hoithi {
  rankdir=LR; nodesep=0.12; ranksep=0.9; bgcolor="white";
  node [fontname="DejaVu Sans", fontsize=11];
  edge [color="#8a94a6", arrowsize=0.6];
"""
PUBLISHER = 'shape=box, style="rounded,filled", fillcolor="#0b5394", fontcolor=white, color="#0b5394", margin="0.22,0.12"'
EVENT = 'shape=box, style=filled, fillcolor="#eef3fa", color="#c5d3e8", height=0.24, margin="0.1,0.03", fontsize=10'
QUEUE = 'shape=cds, style=filled, fillcolor="#fff4d6", color="#e0c56e", height=0.24, fontsize=10'
LISTENER = 'shape=box, style="rounded,filled", fillcolor="#38761d", fontcolor=white, color="#38761d", margin="0.22,0.12"'


def describe() -> str:
    """DOT; render with `dot -Tsvg`."""
    events = sorted(REGISTRY.values(), key=lambda cls: (cls.publisher, cls.queues))
    queues = sorted({queue for cls in events for queue in cls.queues})
    lines = [
        *(f'  "out {name}" [label="{name}", {PUBLISHER}];' for name in sorted({cls.publisher for cls in events})),
        *(f'  "{cls.type}" [{EVENT}];' for cls in events),
        *(f'  "{queue}" [{QUEUE}];' for queue in queues),
        *(f'  "in {name}" [label="{name}", {LISTENER}];' for name in sorted({_listener(queue) for queue in queues})),
        *(f'  "out {cls.publisher}" -> "{cls.type}";' for cls in events),
        *(f'  "{cls.type}" -> "{queue}";' for cls in events for queue in cls.queues),
        *(f'  "{queue}" -> "in {_listener(queue)}";' for queue in queues),
    ]
    return HEAD + "\n".join(lines) + "\n}\n"


def _listener(queue: str) -> str:
    return queue.partition(".")[0]
