"""Certificates and posters from a terminal."""

PDF = {"Content-Type": "application/pdf"}
JOB = {"round_id": "c-w1", "which": "winners", "people": 120, "pieces": 2, "requested_at": "2026-09-20T00:00:00.000Z"}


def test_certificates_are_asked_for_waited_for_and_saved(hoithi, site, signed_in, document, tmp_path, monkeypatch):
    monkeypatch.setattr("hoithi_cli.commands.papers.LOOK_S", 0)
    site.on("POST", "/api/scoring/rounds/c-w1/certificates", (202, {**JOB, "made": 0}))
    site.on("GET", "/api/scoring/rounds/c-w1/certificates", *((200, {**JOB, "made": made}) for made in (0, 1, 2)))
    site.on("GET", "/api/scoring/rounds/c-w1/certificates.zip", (200, b"PK zip", {"Content-Type": "application/zip"}))
    told = document(hoithi("certificates", "c-w1", "--out", tmp_path / "all.zip", "--json", *signed_in))
    assert (tmp_path / "all.zip").read_bytes() == b"PK zip" and told["file"]["bytes"] == 6
    assert site.times("GET", "/api/scoring/rounds/c-w1/certificates") == 3
    assert all(each["headers"]["Authorization"] == "Bearer a-token" for each in site.asked if "certificates" in each["path"])


def test_a_refused_download_leaves_no_file(hoithi, site, signed_in, tmp_path):
    site.on("POST", "/api/scoring/rounds/c-w1/certificates", (202, {**JOB, "made": 2}))
    refused = {"title": "Kết quả đã thay đổi.", "status": 404}
    site.on("GET", "/api/scoring/rounds/c-w1/certificates.zip", (404, refused))
    result = hoithi("certificates", "c-w1", "--out", tmp_path / "all.zip", *signed_in)
    assert result.exit_code == 1 and list(tmp_path.glob("all*")) == []


def test_a_poster_names_the_unit_of_an_id_and_its_source(hoithi, site, signed_in, document, tmp_path):
    site.on("GET", "/api/registration/units/x1", (200, {"id": "x1", "name": "Xã Lũng Cú"}))
    site.on("GET", "/api/exam/contests/c/poster.pdf", (200, b"%PDF-1.7", PDF))
    out = tmp_path / "poster.pdf"
    told = document(hoithi("poster", "c", "--out", out, "--size", "a3", "--unit", "x1", "--source", "thon", "--json", *signed_in))
    assert (told["unit"], told["source"], told["size"]) == ("Xã Lũng Cú", "thon", "a3")
    assert out.read_bytes() == b"%PDF-1.7"


def test_what_is_no_unit_is_printed_as_it_was_given(hoithi, site, signed_in, document, tmp_path):
    site.on("GET", "/api/exam/contests/c/poster.pdf", (200, b"%PDF-1.7", PDF))
    command = ("poster", "c", "--out", tmp_path / "poster.pdf", "--unit", "Nhà văn hoá thôn Lũng Cú", "--json", *signed_in)
    assert document(hoithi(*command))["unit"] == "Nhà văn hoá thôn Lũng Cú"
