"""Certificates: the own one, what one is worth, its picture."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from hoithi_print import PDF, PNG, Document, Papers, printed
from hoithi_scoring.domain import certificates, export
from hoithi_scoring.domain.award_lists import UNITS, list_id
from hoithi_scoring.domain.certificates import Certificate, Standing
from hoithi_scoring.domain.papers import SEASON, Occasion, certificate, certificate_picture, unit_certificate
from hoithi_scoring.domain.privacy import Pseudonyms
from hoithi_scoring.domain.prizes import Award
from hoithi_scoring.domain.ranking import Row
from hoithi_scoring.domain.refusals import CertificateUnknown, NoCertificate, NotOfficial, StillChanging
from hoithi_scoring.domain.rounds import Round
from hoithi_scoring.domain.units import UnitRow
from hoithi_scoring.handlers import prize_lists
from hoithi_scoring.handlers.season_prizes import season_scope, sources


@dataclass(frozen=True)
class Table:
    """An official table that certificates are about: a round's, or a season's (`round_id` None).

    `register`: under what its certificates are registered, where that is a list of prizes (of a pool, of units) and not
    the table; then only who won has one. `units`: what is said of the units that won.
    """

    scope: str
    contest_id: str
    round_id: str | None
    build: str
    occasion: Occasion
    won: dict[str, str]
    register: str = ""
    units: Mapping[str, Standing] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.register or self.scope

    def standing(self, row: Row | None, person: str) -> Standing | None:
        """None: no certificate (any more)."""
        if person in self.units:
            return self.units[person]
        is_there = row is not None and (not self.register or person in self.won)
        return Standing.of(row, self.won.get(person)) if is_there else None


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
    won = {award["person"]: award["prize"] for award in contest["season"].get("announced", ())}
    return Table(season_scope(contest["_id"]), contest["_id"], None, contest["season"]["build"], occasion, won)


def pool_table(storage, contest_id: str, pool_id: str, round_id: str | None) -> Table:
    """The prizes of a pool, once results are official. Raises PoolUnknown, NotOfficial, StillChanging."""
    storage.pools.get(contest_id, pool_id)
    base = round_table(storage, round_id) if round_id else season_table(storage, contest_id)
    return _with_pool(storage, base, _settled(storage, base, list_id(contest_id, pool_id, round_id)))


def unit_table(storage, contest_id: str, round_id: str | None) -> Table:
    """The prizes of units in a round or over all rounds, once results are official. Raises NotOfficial, StillChanging."""
    base = round_table(storage, round_id) if round_id else season_table(storage, contest_id)
    return _with_units(storage, base, _settled(storage, base, list_id(contest_id, UNITS, round_id)))


def _settled(storage, base: Table, register: str) -> str:
    """The list's id, once it was made from the table. Raises StillChanging."""
    found = storage.award_lists.get(register)
    if found is None or found.build != base.build:
        raise StillChanging()
    return register


def _with_pool(storage, base: Table, register: str) -> Table:
    found, pool = storage.award_lists.get(register), storage.pools.get(base.contest_id, register.split("|")[1])
    won = {award.person: award.prize for award in found.awards}
    return replace(base, won=won, register=register, occasion=replace(base.occasion, pool=pool.title))


def _with_units(storage, base: Table, register: str) -> Table:
    found = storage.award_lists.get(register)
    rows = prize_lists.unit_rows(storage, base.scope, base.build, True)
    units = {award.person: _of_unit(award, rows[award.person]) for award in found.awards if award.person in rows}
    return replace(base, won={}, register=register, units=units)


def _of_unit(award: Award, row: UnitRow) -> Standing:
    rate = export.hundredths(row.rate and row.rate * 100)
    more = {"prize": award.prize, "participants": row.participants, "rate_percent": rate}
    return Standing(award.place, award.place, award.division, row.points, 0, **more)


def winners_certificates(storage, pseudonyms: Pseudonyms, papers: Papers, table: Table, now: datetime) -> bytes:
    """One PDF for all who won something in a pool. Raises NoCertificate when nobody did."""
    found = storage.award_lists.get(table.register)
    there = [(storage.rankings.of_person(table.scope, table.build, award.person), award.user_id) for award in found.awards]
    pages = issue(storage, pseudonyms, papers, table, [(row, user_id) for row, user_id in there if row], now)
    if not pages:
        raise NoCertificate()
    return papers.printer.print(whole_document(papers, table, pages))


def unit_certificates(storage, pseudonyms: Pseudonyms, papers: Papers, table: Table, now: datetime) -> bytes:
    """One PDF for all units that won something, entered into the register. Raises NoCertificate when none did."""
    units = storage.units.all()
    pages, changes = [], []
    for unit_id, standing in table.units.items():
        code = certificates.code(pseudonyms.secret, table.name, unit_id)
        blank = Certificate(code, table.name, table.contest_id, table.round_id, unit_id, "")
        before = storage.certificates.known([code]).get(code, blank)
        changes.append((before, before.issued(standing, now)))
        unit = units[unit_id]
        above = units[unit.parent_id].name if unit.parent_id in units else None
        pages.append(unit_certificate(table.occasion, standing, unit.name, above, code, papers))
    if not pages:
        raise NoCertificate()
    storage.certificates.save(changes)
    return papers.printer.print(whole_document(papers, table, pages))


def own_certificate(storage, pseudonyms: Pseudonyms, papers: Papers, claims, table: Table, now: datetime) -> bytes:
    """The caller's certificate as PDF. Raises NoCertificate when the table does not have the person."""
    person = pseudonyms.of(table.contest_id, claims.user_id)
    row = storage.rankings.of_person(table.scope, table.build, person)
    if table.standing(row, person) is None:
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
        before, standing = known.get(blank.code, blank), table.standing(row, row.person)
        changes.append((before, before.issued(standing, now)))
        name, unit = people[blank.user_id]["name"], units.get(row.unit_id)
        pages.append(certificate(table.occasion, standing, name, unit, blank.code, papers))
    storage.certificates.save(changes)
    return pages


def _certificate(pseudonyms: Pseudonyms, table: Table, row: Row, user_id: str) -> Certificate:
    code = certificates.code(pseudonyms.secret, table.name, row.person)
    return Certificate(code, table.name, table.contest_id, table.round_id, row.person, user_id)


# What anybody may ask


def check(storage, text: str) -> dict:
    """What a certificate is worth today, and what the results say now. Raises CertificateUnknown."""
    found, table, row = _looked_up(storage, text)
    erased = storage.people.is_erased(found.user_id)
    standing = table.standing(row, found.person)
    about = {"code": found.code, "state": found.state(standing, erased), "contest_id": found.contest_id,
             "round_id": found.round_id, "contest": table.occasion.contest,
             "title": table.occasion.whole_title, "official_at": table.occasion.official_at,
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
    base = _present_base(storage, found)
    if found.scope.count("|") < 2:
        return base
    whose = _with_units if found.scope.split("|")[1] == UNITS else _with_pool
    return whose(storage, base, found.scope)


def _present_base(storage, found: Certificate) -> Table:
    if found.round_id:
        return _round_table(storage, storage.rounds.get(found.round_id))
    contest = storage.contests.get(found.contest_id)
    return _season_table(contest, [storage.rounds.get(round_id) for round_id in contest["rounds"]])


def _person(storage, found: Certificate, row: Row | None, standing: Standing) -> dict:
    """As the results publish it (name and unit; no phone). Of a unit: its name."""
    if row is None:
        return {"name": storage.units.names([found.person]).get(found.person), "unit": None, **vars(standing)}
    shown = storage.people.shown([found.user_id]).get(found.user_id, {})
    return {"name": shown.get("name"), "unit": storage.units.names([row.unit_id]).get(row.unit_id), **vars(standing)}


def _issue(issue: certificates.Issue) -> dict:
    return {"at": issue.at, **{name: getattr(issue.standing, name) for name in ("division_place", "points", "prize")}}


def picture(storage, papers: Papers, text: str, now: datetime) -> bytes:
    """The certificate for shared links, without name and place. Raises CertificateUnknown."""
    found, table, row = _looked_up(storage, text)
    standing = None if storage.people.is_erased(found.user_id) else table.standing(row, found.person)
    data = certificate_picture(table.occasion.contest, table.occasion.title, standing, papers.site)
    return printed(storage.papers, papers.printer, papers.document("picture", PNG, **data), now)
