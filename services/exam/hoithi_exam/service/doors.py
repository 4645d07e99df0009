"""What people may ask of exam, over HTTP."""

from math import ceil

from hoithi_bus.http import AuditDoors, Reply, door, dump, four_eyes
from hoithi_bus.provide import Provided
from hoithi_exam import metrics
from hoithi_exam.domain import templates
from hoithi_exam.domain.contest import UnknownContest
from hoithi_exam.domain.queue import Waiting
from hoithi_exam.handlers import attempts, contests, practice, proposing, receipts, retelling, rounds, speech
from hoithi_exam.handlers.admission import start_in_turn
from hoithi_exam.schemas import answers, papers, requests
from hoithi_exam.service.bank_desk import BankDesk
from hoithi_exam.service.bank_doors import BankDoors
from hoithi_exam.service.beside import BesideDoors
from hoithi_exam.service.organising import ORGANISER, Organising
from hoithi_exam.service.papers import PaperDoors, open_papers
from hoithi_exam.service.sentences import PROBLEMS, REASONS
from hoithi_exam.service.signing import open_admission, open_signer
from hoithi_exam.service.ways_in import WaysIn, flush
from hoithi_exam.storage import open_storage

CONTEST_LIMIT = 256 * 1024


class Doors(four_eyes.FourEyes, WaysIn, PaperDoors, BankDoors, BankDesk, BesideDoors, Organising, AuditDoors):
    """Contests, rules, question banks, rounds, attempts and receipts."""

    name = "exam"
    title = "hoithi exam"
    problems = PROBLEMS
    reasons = REASONS
    proposing = proposing
    storage = Provided(open_storage, stop=flush)
    signer = Provided(open_signer)
    admission = Provided(open_admission)
    press = Provided(open_papers)

    def health_checks(self):
        return {"mongodb": self.storage.ping}

    # Templates and contests

    @door("GET", "/templates", who="anyone", summary="The contest templates")
    def list_templates(self, call):
        return {"templates": [answers.template(found, call.language) for found in templates.shipped().values()]}

    @door("GET", "/templates/<template_id>", who="anyone", summary="A template with its rules and calendar")
    def show_template(self, call, template_id):
        return answers.whole_template(templates.find(template_id), call.language)

    @door(
        "POST", "/contests", who=ORGANISER, body=requests.NewContest, status=201, limit=CONTEST_LIMIT, summary="Draft a contest"
    )
    def create_contest(self, call):
        call.claims.require("organiser", "contest", call.body["contest_id"])
        if "copy_of" in call.body:
            self._require_seen(call, call.body["copy_of"])
        return answers.contest(contests.create_contest(self.storage, call.body, call.now, call.claims.user_id))

    @door("GET", "/contests", who="anyone", summary="The published contests; an organiser also sees the own drafts")
    def list_contests(self, call):
        return {"contests": [answers.contest_in_short(found) for found in self.storage.contests.all() if _may_see(call, found)]}

    @door("GET", "/contests/<contest_id>", who="anyone", summary="A contest with its rules and rounds")
    def show_contest(self, call, contest_id):
        found = self._require_seen(call, contest_id)
        return answers.contest(found, practice_papers=practice.practice_papers(self.storage, contest_id))

    def _require_seen(self, call, contest_id):
        found = self.storage.contests.get(contest_id)
        if not _may_see(call, found):
            raise UnknownContest()
        return found

    @door(
        "PUT", "/contests/<contest_id>", who=ORGANISER, body=requests.ContestChange, limit=CONTEST_LIMIT, summary="Change a draft"
    )
    def change_contest(self, call, contest_id):
        call.claims.require("organiser", "contest", contest_id)
        return answers.contest(contests.change_contest(self.storage, contest_id, call.body, call.now, call.claims.user_id))

    @door("POST", "/contests/<contest_id>/check", who=ORGANISER, summary="What stands in the way of publishing")
    def check_contest(self, call, contest_id):
        call.claims.require("organiser", "contest", contest_id)
        return answers.checked(contests.check_contest(self.storage, contest_id, call.now), call.language)

    @door("POST", "/contests/<contest_id>/publish", who=ORGANISER, summary="Announce a contest; its rules bind from now on")
    def publish_contest(self, call, contest_id):
        call.claims.require("organiser", "contest", contest_id)
        published = contests.publish_contest(self.storage, contest_id, call.language, call.now, call.claims.user_id)
        return answers.contest(published)

    @door("POST", "/contests/<contest_id>/retell", who=("operator",), summary="Publish a contest's events again, after a restore")
    def retell_contest(self, call, contest_id):
        """Announcement, openings, extensions, corrections and closes; attempts are asked for by scoring itself."""
        return {"events": retelling.retell(self.storage, contest_id, call.now)}

    # Rounds

    @door("GET", "/rounds/<round_id>", who="anyone", summary="A round: state, window, notices, the server's time")
    def show_round(self, call, round_id):
        found = self.storage.rounds.remembered(round_id)
        return answers.round_(found, call.now, practice_papers=practice.practice_papers(self.storage, found.contest_id))

    @door(
        "POST",
        "/rounds/<round_id>/extend",
        who=ORGANISER,
        body=requests.Extend,
        summary="More time for everybody, with a public notice",
    )
    def extend_round(self, call, round_id):
        self._require_organiser(call, round_id)
        extended = rounds.extend_round(self.storage, self.signer.sign, round_id, call.body, call.now, call.claims.user_id)
        return answers.round_(extended, call.now)

    @door(
        "POST",
        "/rounds/<round_id>/keys",
        who=ORGANISER,
        body=requests.CorrectKey,
        also=four_eyes.WAITS,
        summary="Correct the key of a question in an opened round",
    )
    def correct_key(self, call, round_id):
        """Where the platform wants four eyes: 202, and another organiser confirms."""
        if proposing.KEYS in self.four_eyes:
            proposal_id = four_eyes.new_proposal_id()
            proposal = proposing.propose_key(self.storage, call.claims, round_id, call.body, proposal_id, call.now)
            return four_eyes.waits(proposal, call.now)
        self._require_organiser(call, round_id)
        corrected = rounds.correct_key(self.storage, round_id, call.body, call.now, call.claims.user_id)
        return {"round_id": round_id, "revision": len(corrected.corrections), **vars(corrected.corrections[-1])}

    # Attempts

    @door(
        "POST",
        "/rounds/<round_id>/attempts",
        who="person",
        answer=papers.PaperAnswer,
        status=201,
        headers={"X-Waiting-Ticket": "The ticket of an earlier 202", "X-Channel": "The `from` of the link people came by"},
        also={202: ("Not your turn yet; Retry-After tells when", papers.WaitingAnswer)},
        summary="Start an attempt (201), go on with the open one (200), or wait for your turn (202)",
    )
    def start_attempt(self, call, round_id):
        """Over capacity the answer is 202 with a ticket and the instant of the person's turn. Come back then, once, with
        the ticket: there is no second wait. Who has an open attempt never waits; who may not start is refused at once.
        The paper's time begins with the 201.
        """
        ticket = call.headers.get("x-waiting-ticket")
        started = start_in_turn(self.storage, self.admission, call.claims, round_id, ticket, call.now)
        if isinstance(started, Waiting):
            metrics.WAITING.inc()
            return _wait(started)
        attempt, paper, round_, resumed = started
        metrics.started(resumed, by_ticket=bool(ticket))
        if not resumed:
            self.count_start(call, round_.contest_id)
        return self._paper(attempt, paper, round_, call, status=200 if resumed else 201)

    @door("GET", "/rounds/<round_id>/attempts", who="person", summary="The own attempts in a round, and how many are left")
    def list_attempts(self, call, round_id):
        return papers.own_attempts(*attempts.own_attempts(self.storage, call.claims.user_id, round_id, call.now))

    @door("GET", "/me/export", who="person", answer=papers.OwnData, summary="Everything exam keeps about the own person")
    def export_me(self, call):
        """Attempts with the answers given. The questions are at each attempt's own address."""
        found = attempts.all_own_attempts(self.storage, call.claims.user_id)
        return Reply.json(papers.own_data(found, call.now), headers={"Cache-Control": "no-store"})

    @door("GET", "/attempts/<attempt_id>", who="person", answer=papers.PaperAnswer, summary="An own attempt with its paper")
    def show_attempt(self, call, attempt_id):
        attempt, paper, round_ = attempts.show_attempt(self.storage, call.claims.user_id, attempt_id)
        submission = papers.submitted(attempt, round_, self.signer.receipt(attempt)) if attempt.state == "submitted" else None
        return self._paper(attempt, paper, round_, call, submission)

    def _paper(self, attempt, paper, round_, call, submission=None, status=200):
        """The questions are rendered already."""
        scripts = speech.paper_languages(self.storage, round_, attempt.division)
        head = dump(papers.paper_head(attempt, round_, call.now, scripts, submission))
        return Reply(b'%b,"questions":%b}' % (head[:-1], paper.rendered), status, "application/json")

    @door(
        "PUT",
        "/attempts/<attempt_id>/answers",
        who="person",
        body=requests.Save,
        answer=papers.Saved,
        summary="Save answers; they are merged with those saved before",
    )
    def save_answers(self, call, attempt_id):
        attempt, round_ = attempts.save_answers(self.storage, call.claims.user_id, attempt_id, now=call.now, **call.body)
        metrics.SAVED.inc()
        return papers.saved(attempt, round_, call.now)

    @door(
        "POST",
        "/attempts/<attempt_id>/submit",
        who="person",
        body=requests.Submit,
        answer=papers.Submitted,
        summary="Submit the paper; repeating gives the same receipt",
    )
    def submit_attempt(self, call, attempt_id):
        """A prediction is sealed with the first one given in the round; the answer shows the one that counts."""
        attempt, first = attempts.submit_attempt(self.storage, call.claims.user_id, attempt_id, now=call.now, **call.body)
        if first:
            metrics.SUBMITTED.labels("person").inc()
        round_ = self.storage.rounds.remembered(attempt.round_id)
        return papers.submitted(attempt, round_, self.signer.receipt(attempt))

    @door("GET", "/attempts/<attempt_id>/review", who="person", summary="Own and right answers, when the rules show them")
    def review_attempt(self, call, attempt_id):
        return papers.review(*attempts.review_attempt(self.storage, call.claims.user_id, attempt_id))

    # Receipts

    @door("GET", "/receipts/keys", who="anyone", summary="The public key of receipts and notices (JWKS)")
    def receipt_keys(self, call):
        return {"keys": [self.signer.jwk]}

    @door(
        "POST",
        "/receipts/verify",
        who="anyone",
        body=requests.Receipt,
        answer=answers.Verdict,
        summary="Whether a receipt is genuine",
    )
    def verify_receipt(self, call):
        return receipts.verify_receipt(self.storage, self.signer, call.body["receipt"])


def _wait(turn: Waiting) -> Reply:
    headers = {"Retry-After": str(max(1, ceil(turn.wait_s))), "Cache-Control": "no-store"}
    return Reply.json(papers.waiting(turn), status=202, headers=headers)


def _may_manage(call, contest_id: str) -> bool:
    return call.claims is not None and call.claims.holds("organiser", "contest", contest_id)


def _may_see(call, contest) -> bool:
    return contest.state == "published" or _may_manage(call, contest.contest_id)
