"""What a measurement says: for people, as JSON, in docs/reference/performance.md."""

import importlib
import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bench import document, measurements
from bench.figures import Spread
from bench.machine import circumstances
from bench.people import Crowd, Signature
from bench.result import Result, Table, Target, written
from hoithi_bus.http.tokens import Tokens
from hoithi_native.credentials import public_jwk

ROOT = Path(__file__).parents[2]
RESULT = Result(
    "journey",
    "What does it cost?",
    [Table("CPU", ["part", "ms", "errors"], [["nginx", Spread(0.2, 0.1, 0.3), 0], ["all", 12.345, None]])],
    [Target("all parts", "at most 2 ms", Spread(12.3, 12.3, 12.3), False), Target("rate", "300/s", "too short", None)],
    ["measured alone"],
)
TEXT = """\
## journey

What does it cost?

**CPU**

| part  |                   ms | errors |
| ----- | -------------------: | -----: |
| nginx | 0.200 (0.100..0.300) |      0 |
| all   |                 12.3 |        |

| target    | wanted       | measured  | verdict    |
| --------- | ------------ | --------- | ---------- |
| all parts | at most 2 ms | 12.3      | missed     |
| rate      | 300/s        | too short | not judged |

- measured alone"""


def test_a_result_is_readable():
    assert written(RESULT) == TEXT


def test_a_kept_result_reads_the_same(tmp_path, monkeypatch):
    measurements.keep(RESULT, circumstances(True, 1, None), tmp_path)
    (kept,) = measurements.kept(tmp_path)
    assert written(kept) == written(RESULT)
    assert kept["measured"]["form"] == "short"
    assert kept["measured"]["machine"]["cores"] >= 1


def test_what_is_no_number_is_no_json(tmp_path):
    file = measurements.keep(Result("door", "", [Table("", ["a"], [[float("nan")]])]), {}, tmp_path)
    assert json.loads(file.read_text(), parse_constant=pytest.fail)["tables"][0]["rows"] == [[None]]


def test_a_row_has_a_value_for_every_column():
    with pytest.raises(ValueError, match="CPU"):
        Table("CPU", ["a", "b"], [[1]])


def test_the_page_keeps_its_words_and_gets_new_figures(tmp_path):
    page = tmp_path / "performance.md"
    page.write_text(f"Words.\n\n{document.BEGIN}\n\nold\n\n{document.END}\n\nMore words.\n")
    measurements.keep(RESULT, circumstances(False, 3, 2), tmp_path)
    for _ in range(2):
        document.update(measurements.kept(tmp_path), page)
    text = page.read_text()
    assert text.startswith("Words.") and text.endswith("More words.\n") and "old" not in text
    assert text.count("at most 2 ms") == 2 and "long form, runs: 3, processes: 2" in text


@pytest.mark.parametrize(("load", "said"), [(1.9, 0), (2.0, 1), (40.0, 1)])
def test_the_page_says_when_a_measurement_was_not_alone(load, said):
    about = {**circumstances(True, 1, None), "load_before": load}
    about["machine"]["cores"] = 2
    kept = {"name": "lag", "question": "?", "tables": [], "targets": [], "notes": [], "measured": about}
    assert document.figures([kept]).count("Others worked on the machine") == said


def test_the_page_in_the_repository_shows_the_kept_figures():
    kept = measurements.kept(document.RESULTS)
    assert f"{document.BEGIN}\n\n{document.figures(kept)}\n\n{document.END}" in document.PAGE.read_text()


def test_every_measurement_can_be_run_and_is_documented():
    guide = (ROOT / "docs" / "how-to" / "measure.md").read_text()
    assert measurements.found() == [name for name in measurements.NAMES if (ROOT / "bench" / f"{name}.py").is_file()]
    for name in measurements.found():
        module = importlib.import_module(f"bench.{name}")
        assert callable(module.measure)
        assert getattr(module, "PLACE", "platform") in ("platform", "fresh platform", None)
        assert f"`{name}`" in guide


def test_measurements_share_a_platform_only_when_they_ask_for_the_same(monkeypatch):
    opened = []

    class Opened:
        def __init__(self, say, replicas, settings):
            opened.append(settings)

        def __enter__(self):
            return self

        def __exit__(self, *error):
            opened.append("stopped")

    monkeypatch.setattr(measurements, "open_place", Opened)
    options = measurements.Options(short=True, runs=1, say=print)
    plain, other = SimpleNamespace(), SimpleNamespace(SETTINGS={"HOITHI_X": "1"})
    fresh, none = SimpleNamespace(PLACE="fresh platform"), SimpleNamespace(PLACE=None)
    with measurements.Places(options) as places:
        first = places.of(plain)
        assert places.of(none) is None and places.of(plain) is first
        assert places.of(fresh) is not first
        assert places.of(plain) is not first
        places.of(other)
    default = measurements.SETTINGS
    assert opened == [default, "stopped", default, "stopped", default, "stopped", {**default, "HOITHI_X": "1"}, "stopped"]


def test_one_broken_measurement_does_not_stop_the_others(tmp_path, monkeypatch, capsys):
    modules = {"bench.lag": SimpleNamespace(PLACE=None, measure=lambda *_: 1 / 0)}
    modules["bench.door"] = SimpleNamespace(PLACE=None, measure=lambda *_: RESULT)
    monkeypatch.setattr(measurements.importlib, "import_module", modules.__getitem__)
    assert measurements.run(["lag", "door"], measurements.Options(True, 1, print), tmp_path) == ["lag"]
    assert "ZeroDivisionError" in capsys.readouterr().err
    assert (tmp_path / "journey.json").is_file()


def test_the_bench_signs_tokens_that_exam_accepts(tmp_path):
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    key = public_jwk(pem)
    (tmp_path / "keys.json").write_text(json.dumps({"keys": [key]}))
    crowd = Crowd(Signature(pem.decode(), key["kid"], ("x1", "x2"), int(time.time())), "a crowd")
    crowd.prepare(2)
    people = [crowd.take() for _ in range(3)]
    claims = [Tokens(str(tmp_path / "keys.json")).verify(somebody.token, datetime.now(UTC)) for somebody in people]
    assert [each.user_id for each in claims] == [somebody.user_id for somebody in people]
    assert [each.unit_id for each in claims] == ["x1", "x2", "x1"]
    assert len({each.user_id for each in claims}) == 3


GENERATORS = """
import sys
from bench.generators import Outcome, generate

def prepared(share):
    if share < 0:
        raise ValueError("a share below zero")
    return lambda: Outcome(moments=[share])

if __name__ == "__main__":
    outcome, begun = generate(prepared, [int(share) for share in sys.argv[1:]], lambda: "clocks were read")
    print(begun, sorted(outcome.moments), outcome.cpu_s >= 0)
"""


def _generated(folder, *shares: str):
    """In a Python of its own: the tests' one is patched by eventlet, which load generators are not."""
    script = folder / "generators.py"
    script.write_text(GENERATORS)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run([sys.executable, script, *shares], env=environment, capture_output=True, text=True, timeout=120)


def test_generators_begin_after_the_clocks_were_read(tmp_path):
    done = _generated(tmp_path, "2", "3")
    assert done.stdout == "clocks were read [2, 3] True\n", done.stderr


def test_a_generator_that_fails_says_why(tmp_path):
    done = _generated(tmp_path, "1", "-1")
    assert done.returncode and "a share below zero" in done.stderr
