"""Files, digests, pseudonyms."""

import csv
import io
import json
from datetime import UTC, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoithi_scoring.domain import export
from hoithi_scoring.domain.privacy import Pseudonyms, masked
from hoithi_scoring.domain.ranking import rank
from hoithi_scoring.recompute import main


@pytest.mark.parametrize("text", ["=1+1", "+84912", "-5", "@SUM(A1)", "\tx", "\rx"])
def test_cell_that_a_spreadsheet_would_run_gets_an_apostrophe(text):
    assert export.cell(text) == "'" + text


def test_ordinary_cells_stay_as_they_are():
    assert [export.cell(value) for value in ("Vàng Thị Mỷ", 7, -7, True, None)] == ["Vàng Thị Mỷ", "7", "-7", "true", ""]


def test_table_keeps_commas_quotes_and_line_ends_inside_cells():
    written = b"".join(export.table(["a", "b"], [["x,y", 'say "no"\nagain']])).decode()
    assert list(csv.reader(io.StringIO(written))) == [["a", "b"], ["x,y", 'say "no"\nagain']]


def test_byte_order_mark_is_written_only_on_request():
    assert b"".join(export.table(["a"], [], bom=True)) == b"\xef\xbb\xbfa\r\n"
    assert b"".join(export.table(["a"], [])) == b"a\r\n"


def test_instants_are_exact_to_the_millisecond():
    moment = datetime(2026, 9, 13, 14, 59, 59, 999000, tzinfo=UTC)
    assert export.instant(export.milliseconds(moment)) == "2026-09-13T14:59:59.999Z"


@pytest.mark.parametrize(
    ("value", "text"),
    [(Fraction(1, 3), "0.33"), (Fraction(2, 3), "0.67"), (Fraction(1, 200), "0.01"), (Fraction(13, 2), "6.50"), (None, None)],
)
def test_decimals_are_rounded_half_up_to_two(value, text):
    assert export.hundredths(value) == text


def test_rules_survive_the_way_through_the_file(making):
    rules = making.rules()
    assert export.rules_from(json.loads(export.canonical(export.rules_file("r", "c", 1, rules)))["rules"]) == rules


_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | _TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(_TEXT, inner),
)


@given(_VALUES)
def test_canonical_form_is_what_any_json_writer_with_sorted_keys_and_no_blanks_gives(value):
    assert export.canonical(value) == json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def test_canonical_file_is_json_without_names_or_time_of_making(making):
    rules = making.rules()
    ranking = rank([making.attempt("a1b2", points=3)], rules)
    pieces = export.results(export.rules_file("c-w1", "c", 1, rules), ranking.figures, ranking.actual, ranking.rows)
    found = json.loads(b"".join(pieces))
    assert set(found) == {"format", "contest_id", "round_id", "number", "rules", "figures", "actual", "rows"}
    assert found["rows"][0]["person"] == "a1b2" and "name" not in found["rows"][0]


def test_pseudonym_is_the_same_in_a_contest_and_another_in_the_next():
    names = Pseudonyms(b"secret")
    assert names.of("c", "u1") == names.of("c", "u1")
    assert len({names.of("c", "u1"), names.of("d", "u1"), names.of("c", "u2"), Pseudonyms(b"other").of("c", "u1")}) == 4
    assert len(names.of("c", "u1")) == 16


def test_secret_of_pseudonyms_is_not_shown():
    assert "secret" not in repr(Pseudonyms(b"secret"))


@pytest.mark.parametrize(
    ("phone", "shown"), [("+84912345678", "********678"), ("0912 345 678", "*******678"), (None, None), ("", None)]
)
def test_phone_is_masked_but_for_three_digits(phone, shown):
    assert masked(phone) == shown


def test_recompute_prints_the_digest_and_writes_the_canonical_file(making, tmp_path, capsys):
    rules, attempts = (
        making.rules(),
        [making.attempt("a1", points=3, prediction=0), making.attempt("b2", points=2, party_unit_id="p1")],
    )
    cells = [[_exported(attempt, name) for name in export.ATTEMPT_COLUMNS] for attempt in attempts]
    (tmp_path / "attempts.csv").write_bytes(b"".join(export.table(export.ATTEMPT_COLUMNS, cells, bom=True)))
    (tmp_path / "rules.json").write_text(json.dumps(export.rules_file("c-w1", "c", 1, rules)))
    main([str(tmp_path / name) for name in ("attempts.csv", "rules.json", "results.json")])
    ranking = rank(attempts, rules)
    pieces = list(export.results(export.rules_file("c-w1", "c", 1, rules), ranking.figures, ranking.actual, ranking.rows))
    assert capsys.readouterr().out.strip() == export.digest(pieces)
    assert (tmp_path / "results.json").read_bytes() == b"".join(pieces)


def _exported(attempt, name):
    given = {"by": "person", "late": False, "invalidated": False}
    if name.endswith("_at"):
        return export.instant(getattr(attempt, name.replace("_at", "_ms")))
    return given[name] if name in given else getattr(attempt, name)
