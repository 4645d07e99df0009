"""`hoithi channels`: which channel brought how many."""

FOUND = {
    "contest_id": "hg",
    "kinds": ["visits", "joins", "starts"],
    "channels": [
        {
            "code": "bao-ha-giang",
            "in_all": {"visits": 120, "joins": 31, "starts": None},
            "days": [{"day": "2026-09-08", "visits": 120, "joins": 31, "starts": None}],
        }
    ],
}


def test_channels_are_listed_with_small_numbers_hidden(hoithi, site, signed_in):
    site.on("GET", "/api/exam/contests/hg/channels", (200, FOUND))
    result = hoithi("channels", "hg", *signed_in)
    assert result.exit_code == 0, result.output
    assert "bao-ha-giang" in result.stdout and "120" in result.stdout and "< 10" in result.stdout
    assert "2026-09-08" not in result.stdout
    assert "2026-09-08" in hoithi("channels", "hg", "--days", *signed_in).stdout


def test_channels_are_one_document_with_json(hoithi, site, signed_in, document):
    site.on("GET", "/api/exam/contests/hg/channels", (200, FOUND))
    assert document(hoithi("channels", "hg", "--json", *signed_in)) == FOUND
