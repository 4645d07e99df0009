"""`hoithi retell` asks every publisher, page by page."""


def test_people_are_asked_for_until_the_last_page_and_every_contest_is_told(hoithi, site, signed_in, document):
    site.on("POST", "/api/registration/retell/units", (200, {"events": 7, "next": None}))
    site.on(
        "POST", "/api/registration/retell/people", (200, {"events": 1000, "next": "u1000"}), (200, {"events": 5, "next": None})
    )
    site.on("GET", "/api/exam/contests", (200, {"contests": [{"contest_id": "a"}, {"contest_id": "b"}]}))
    site.on("POST", "/api/exam/contests/a/retell", (200, {"events": 9}))
    site.on("POST", "/api/exam/contests/b/retell", (200, {"events": 1}))
    result = hoithi("retell", *signed_in, "--json")
    assert result.exit_code == 0, result.output
    assert document(result) == {"events": {"units": 7, "people": 1005, "contests": 10}}
