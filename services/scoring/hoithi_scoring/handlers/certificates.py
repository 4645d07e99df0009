"""Certificates: the own one, what one is worth, its picture."""

from dataclasses import dataclass
from datetime import datetime

from hoithi_print import PDF, PNG, Document, Papers, printed
from hoithi_scoring.domain import certificates
from hoithi_scoring.domain.certificates import Certificate, Standing
from hoithi_scoring.domain.papers import Occasion, certificate, certificate_picture
from hoithi_scoring.domain.privacy import Pseudonyms
from hoithi_scoring.domain.ranking import Row
from hoithi_scoring.domain.refusals import CertificateUnknown, NoCertificate, NotOfficial, StillChanging
from hoithi_scoring.domain.rounds import Round
from hoithi_scoring.handlers.building import season_scope, sources

SEASON = "tất cả các vòng thi"


@dataclass(frozen=True)
class Table:
    """An official table that certificates are about: a round's, or a season's (`round_id` None)."""

    scope: str
    contest_id: str
    round_id: str | None
    build: str
    occasion: Occasion
    won: dict[str, str]


def round_table(storage, round_id: str) -> Table:
    """Raises NotOfficial, StillChanging."""
    round = storage.rounds.get(round_id)
    if round.state != "official":
        raise NotOfficial(round.state)
    if round.is_being_corrected:
        raise StillChanging()
    return _round_table(storage, round)


def _round_table(storage, round: Round) -> Table:
    contest = storage.contests.get(round.contest_id)
    occasion = Occasion(contest["title"], round.title, round.official_at, round.snapshot.divisions)
    won = {award.person: award.prize for award in round.snapshot.awards}
    return Table(round.round_id, round.contest_id, round.round_id, round.snapshot.build, occasion, won)


def season_table(storage, contest_id: str) -> Table:
    """All rounds of the contest together, once every one is official. Raises NotOfficial, StillChanging."""
    contest = storage.contests.get(contest_id)
    rounds = [storage.rounds.get(round_id) for round_id in sorted(contest["rounds"])]
    waiting = next((round.state for round in rounds if round.state != "official"), None)
    if waiting:
        raise NotOfficial(waiting)
    if contest.get("season", {}).get("sources") != sources(rounds):
        raise StillChanging()
    return _season_table(contest, rounds)


def _season_table(contest: dict, rounds: list[Round]) -> Table:
    official_at = max(round.official_at for round in rounds if round.official_at)
    occasion = Occasion(contest["title"], SEASON, official_at, {})
    return Table(season_scope(contest["_id"]), contest["_id"], None, contest["season"]["build"], occasion, {})


def own_certificate(storage, pseudonyms: Pseudonyms, papers: Papers, claims, table: Table, now: datetime) -> bytes:
    """The caller's certificate as PDF. Raises NoCertificate when the table does not have the person."""
    person = pseudonyms.of(table.contest_id, claims.user_id)
    row = storage.rankings.of_person(table.scope, table.build, person)
    if row is None:
        raise NoCertificate()
    pages = issue(storage, pseudonyms, papers, table, [(row, claims.user_id)], now)
    if not pages:
        raise NoCertificate()
    return printed(storage.papers, papers.printer, whole_document(papers, table, pages), now, about=claims.user_id)


def whole_document(papers: Papers, table: Table, pages: list[dict]) -> Document:
    return papers.document("certificate", PDF, title=f"Giấy chứng nhận – {table.occasion.contest}", pages=pages)


def issue(storage, pseudonyms, papers: Papers, table: Table, rows: list[tuple[Row, str]], now: datetime) -> list[dict]:
    """A page for each of the rows, entered into the register. Who has no name (erased, or unknown) gets none."""
    people = storage.people.shown(user_id for _, user_id in rows)
    units = storage.units.names(row.unit_id for row, _ in rows)
    found = [(_certificate(pseudonyms, table, row, user_id), row) for row, user_id in rows if people.get(user_id, {}).get("name")]
    known = storage.certificates.known(blank.code for blank, _ in found)
    pages, changes = [], []
    for blank, row in found:
        before, standing = known.get(blank.code, blank), Standing.of(row, table.won.get(row.person))
        changes.append((before, before.issued(standing, now)))
        name, unit = people[blank.user_id]["name"], units.get(row.unit_id)
        pages.append(certificate(table.occasion, standing, name, unit, blank.code, papers))
    storage.certificates.save(changes)
    return pages


def _certificate(pseudonyms: Pseudonyms, table: Table, row: Row, user_id: str) -> Certificate:
    code = certificates.code(pseudonyms.secret, table.scope, row.person)
    return Certificate(code, table.scope, table.contest_id, table.round_id, row.person, user_id)


# What anybody may ask


def check(storage, text: str) -> dict:
    """What a certificate is worth today, and what the results say now. Raises CertificateUnknown."""
    found, table, row = _looked_up(storage, text)
    erased = storage.people.is_erased(found.user_id)
    standing = row and Standing.of(row, table.won.get(row.person))
    about = {"code": found.code, "state": found.state(standing, erased), "contest_id": found.contest_id,
             "round_id": found.round_id, "contest": table.occasion.contest,
             "title": table.occasion.title, "official_at": table.occasion.official_at,
             "issued_at": found.issues[0].at if found.issues else None}  # fmt: skip
    if erased or standing is None:
        return {**about, "person": None, "earlier": []}
    return {
        **about,
        "person": _person(storage, found, row, standing),
        "earlier": [_issue(one) for one in found.earlier(standing)],
    }


def _looked_up(storage, text: str) -> tuple[Certificate, Table, Row | None]:
    """The entry, the table it is about as it is now, the person's row in it."""
    found = storage.certificates.get(certificates.as_read(text))
    if found is None:
        raise CertificateUnknown()
    table = _present(storage, found)
    return found, table, storage.rankings.of_person(table.scope, table.build, found.person)


def _present(storage, found: Certificate) -> Table:
    """What was official stays so; while a correction is being computed the table before it answers."""
    if found.round_id:
        return _round_table(storage, storage.rounds.get(found.round_id))
    contest = storage.contests.get(found.contest_id)
    return _season_table(contest, [storage.rounds.get(round_id) for round_id in contest["rounds"]])


def _person(storage, found: Certificate, row: Row, standing: Standing) -> dict:
    """As the results publish it (name and unit; no phone)."""
    shown = storage.people.shown([found.user_id]).get(found.user_id, {})
    return {"name": shown.get("name"), "unit": storage.units.names([row.unit_id]).get(row.unit_id), **vars(standing)}


def _issue(issue: certificates.Issue) -> dict:
    return {"at": issue.at, **{name: getattr(issue.standing, name) for name in ("division_place", "points", "prize")}}


def picture(storage, papers: Papers, text: str, now: datetime) -> bytes:
    """The certificate for shared links, without name and place. Raises CertificateUnknown."""
    found, table, row = _looked_up(storage, text)
    gone = row is None or storage.people.is_erased(found.user_id)
    standing = None if gone else Standing.of(row, table.won.get(row.person))
    data = certificate_picture(table.occasion.contest, table.occasion.title, standing, papers.site)
    return printed(storage.papers, papers.printer, papers.document("picture", PNG, **data), now)
