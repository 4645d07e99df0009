"""Question banks: check, import, look, approve, change, export."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from hoithi_cli.running import Run, command
from hoithi_cli.saving import save
from hoithi_cli.trouble import CheckFailed, Refused, WrongUsage

app = typer.Typer(no_args_is_help=True, help="Question banks, as Excel, Word, Moodle, GIFT, Aiken or text files.")

File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A .xlsx, .docx, .xml or .txt file.")]
BankId = Annotated[str | None, typer.Option("--bank", help="Id of the bank (default: the one in the file, or the file's name).")]
Form = Annotated[str, typer.Option("--format", help="auto, text, xlsx, docx, gift, aiken or moodle.")]
Topic = Annotated[str, typer.Option("--topic", help="Topic of questions that name none.")]
Level = Annotated[str, typer.Option("--level", help="Level of questions that name none: easy, medium or hard.")]
Corrected = Annotated[
    Path | None, typer.Option("--corrected", dir_okay=False, help="Save the workbook with what to mend beside its rows.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only look; nothing is kept.")]
Version = Annotated[int | None, typer.Option(help="Default: the newest.")]
BANK = typer.Argument(help="Id of the bank.")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TYPES = {
    ".txt": "text/plain; charset=utf-8",
    ".gift": "text/plain; charset=utf-8",
    ".xlsx": XLSX,
    ".docx": DOCX,
    ".xml": "application/xml",
}
BANK_LINES = ("BANK:", "// hoithi bank_id:")
FORMATS = {"text": "txt", "xlsx": "xlsx", "docx": "docx", "gift": "gift.txt", "aiken": "aiken.txt", "moodle": "xml"}


@command(app)
def check(
    run: Run,
    file: File,
    bank: BankId = None,
    form: Form = "auto",
    topic: Topic = "",
    level: Level = "",
    corrected: Corrected = None,
):
    """What the platform finds in a file, row by row; nothing is kept. Exit code 4 when there are errors."""
    return import_bank(run, file, bank, form, topic, level, corrected, dry_run=True)


@command(app, "import")
def import_bank(
    run: Run,
    file: File,
    bank: BankId = None,
    form: Form = "auto",
    topic: Topic = "",
    level: Level = "",
    corrected: Corrected = None,
    dry_run: DryRun = False,
):
    """Import a file as the newest version of its bank: all of it or nothing."""
    params = {"topic": topic, "level": level}
    found = _sent(run, file, bank, {"format": form, "dry_run": "true" if dry_run else "false"} | _given(params))
    errors = _show_findings(run, file, found)
    if corrected:
        _save_corrected(run, file, bank, _given(params), corrected)
    if errors:
        raise CheckFailed(f"{file.name}: {errors} errors" + ("" if dry_run else ", nothing was imported"), found)
    if dry_run:
        run.show(f"{file.name}: {found.get('questions', 0)} questions, nothing in the way of the import")
        return found
    run.show(f"{found['bank_id']} version {found['version']}: {found['questions']} questions")
    if found.get("state") == "draft":
        run.show(f"it waits for a second person: `hoithi bank approve {found['bank_id']}`")
    return found


@command(app)
def approve(
    run: Run,
    bank: Annotated[str, BANK],
    version: Version = None,
    note: Annotated[str, typer.Option(help="Kept in the audit log.")] = "",
):
    """Let contests use a version; not by who imported it. Signs in as the reviewer where the platform has one."""
    person = run.person("reviewer" if "reviewer" in run.platform.accounts else "organiser")
    number = version or newest_version(person, bank)
    answer = person.call("POST", "exam", f"/banks/{bank}/versions/{number}/approve", json={"note": note}, idempotent=True)
    run.show(f"{bank} version {number} is {answer['state']}")
    return answer


@command(app, "export")
def export_bank(
    run: Run,
    bank: Annotated[str, BANK],
    form: Annotated[str, typer.Option("--format", help="text, xlsx, docx, gift, aiken or moodle.")] = "xlsx",
    to: Annotated[Path | None, typer.Option("--to", dir_okay=False, help="Default: <bank>.<suffix> here.")] = None,
    version: Version = None,
):
    """Save a version as a file; says how many questions, or pictures of them, are not in it."""
    if form not in FORMATS:
        raise WrongUsage(f"--format: one of {', '.join(FORMATS)}")
    person = run.person("organiser")
    file, number = to or Path(f"{bank}.{FORMATS[form]}"), version or newest_version(person, bank)
    told = save(person, "exam", f"/banks/{bank}/versions/{number}/export", file, format=form)
    left_out, without = int(told.get("X-Left-Out", 0)), int(told.get("X-Without-Picture", 0))
    lacking = [f"{left_out} questions have no place in this format"] if left_out else []
    lacking += [f"{without} questions are in it without their picture"] if without else []
    run.show(", ".join([f"{file}: {bank} version {number}", *lacking]))
    about = {"bank_id": bank, "version": number, "format": form, "file": str(file)}
    return {**about, "left_out": left_out, "without_picture": without}


@command(app, "set")
def set_fields(
    run: Run,
    bank: Annotated[str, BANK],
    questions: Annotated[list[str], typer.Argument(help="Ids of questions.")],
    topic: Annotated[str | None, typer.Option(help="Slug of a topic.")] = None,
    level: Annotated[str | None, typer.Option(help="easy, medium or hard")] = None,
):
    """Give questions of the newest version another topic or level: a new version."""
    changes = {name: value for name, value in {"topic": topic, "level": level}.items() if value}
    if not changes:
        raise WrongUsage("say --topic or --level")
    person = run.person("organiser")
    path = f"/banks/{bank}/versions/{newest_version(person, bank)}/changes"
    answer = person.call("POST", "exam", path, json={"questions": [{"id": each, **changes} for each in questions]})
    run.show(f"{bank} version {answer['version']}: {len(questions)} questions changed, {answer['state']}")
    return answer


@command(app)
def picture(
    run: Run,
    bank: Annotated[str, BANK],
    question: Annotated[str, typer.Argument(help="Id of the question.")],
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="PNG, JPEG or WebP, at most 300 KB.")],
    alt: Annotated[str, typer.Option(help="What it shows, for people who do not see it.")],
):
    """Give a question of the newest version a picture: a new version."""
    person = run.person("organiser")
    kind = {"Content-Type": "application/octet-stream"}
    kept = person.call("POST", "exam", f"/banks/{bank}/pictures", content=file.read_bytes(), headers=kind)["picture"]
    path = f"/banks/{bank}/versions/{newest_version(person, bank)}/changes"
    change = {"id": question, "picture": kept, "alt": alt}
    answer = person.call("POST", "exam", path, json={"questions": [change]})
    run.show(f"{bank} version {answer['version']}: {question} has the picture {kept}, {answer['state']}")
    return answer


@command(app)
def differences(
    run: Run,
    bank: Annotated[str, BANK],
    version: Version = None,
    against: Annotated[int | None, typer.Option(help="Default: the newest approved version before it.")] = None,
):
    """What is different in a version, changed keys first: what to look at before approving it."""
    person = run.person("organiser")
    path = f"/banks/{bank}/versions/{version or newest_version(person, bank)}/differences"
    params = {"limit": 200} | ({"against": against} if against else {})
    found = person.call("GET", "exam", path, params=params)
    while found["next"]:
        onward = person.call("GET", "exam", path, params={**params, "after": found["next"]})
        found = {**onward, "page": [*found["page"], *onward["page"]]}
    rows = [[each["kind"], each["id"], ", ".join(each["fields"])] for each in found["page"]]
    run.table(f"{bank}, against version {found['against'] or '-'}", ["kind", "question", "fields"], rows)
    return found


@command(app)
def audit(run: Run, bank: Annotated[str, BANK]):
    """Who imported, changed and approved what, when and why."""
    found = run.person("organiser").call("GET", "exam", f"/banks/{bank}/audit")
    names = ("at", "by", "what", "before", "after", "reason")
    run.table(bank, list(names), [[entry[name] for name in names] for entry in found["entries"]])
    return found


@command(app)
def preview(
    run: Run,
    bank: Annotated[str, typer.Argument(help="Id of the bank.")],
    version: Annotated[int | None, typer.Option(help="Default: the newest.")] = None,
    topic: Annotated[str | None, typer.Option()] = None,
    level: Annotated[str | None, typer.Option(help="easy, medium or hard")] = None,
    most: Annotated[int, typer.Option("-n", min=1, help="How many questions.")] = 10,
):
    """Questions as they are kept, the right options marked."""
    organiser = run.person("organiser")
    number = version or newest_version(organiser, bank)
    kept = questions_of(organiser, f"/banks/{bank}/versions/{number}")
    fitting = (each for each in kept if topic in (None, each["topic"]) and level in (None, each["level"]))
    questions = list(islice(fitting, most))
    for question in questions:
        run.show(_page(question))
    return {"bank_id": bank, "version": number, "questions": questions}


def _sent(run: Run, file: Path, bank: str | None, params: dict) -> dict:
    """The platform's answer; findings inside a refusal are an answer too."""
    if file.suffix not in TYPES:
        raise WrongUsage(f"{file.name}: only {', '.join(TYPES)} are question banks")
    content_type = TYPES[file.suffix]
    person, path = run.person("organiser"), f"/banks/{bank or bank_id_of(file)}"
    try:
        return person.call("POST", "exam", path, params=params, content=file.read_bytes(), headers={"Content-Type": content_type})
    except Refused as refused:
        if refused.slug != "bank-refused":
            raise
        findings = [_error(each) for each in refused.problem.get("errors", ())]
        return {"bank_id": bank, "version": None, "questions": 0, "findings": findings}


def _given(params: dict) -> dict:
    return {name: value for name, value in params.items() if value}


def _save_corrected(run: Run, file: Path, bank: str | None, params: dict, to: Path) -> None:
    if file.suffix != ".xlsx":
        raise WrongUsage("--corrected is for .xlsx files")
    path, headers = f"/banks/{bank or bank_id_of(file)}/mend", {"Content-Type": XLSX}
    answer = run.person("organiser").send("POST", "exam", path, params=params, content=file.read_bytes(), headers=headers)
    to.write_bytes(answer.content)
    run.show(f"{to}: the workbook with what to mend beside its rows")


def _error(error: dict) -> dict:
    """An entry of a problem document, as a finding."""
    return {"severity": "error", "where": error["field"], "message": error.get("message") or error.get("code")}


def bank_id_of(file: Path) -> str:
    """The id in the file's BANK line (in GIFT a comment), else the file's name up to its first dot."""
    if file.suffix in (".txt", ".gift"):
        for line in file.read_text("utf-8-sig", errors="replace").splitlines()[:50]:
            if line.startswith(BANK_LINES):
                return line.partition(":")[2].strip()
    return file.name.partition(".")[0]


def _show_findings(run: Run, file: Path, found: dict) -> int:
    """Prints them; gives the number of errors."""
    findings = found.get("findings", [])
    rows = [[each.get("severity"), each.get("where"), each.get("message", each.get("code"))] for each in findings]
    if rows:
        run.table(f"Findings in {file.name}", ["severity", "where", "what"], rows)
    return sum(each.get("severity") == "error" for each in findings)


def newest_version(organiser, bank: str) -> int:
    versions = [each["version"] for each in organiser.call("GET", "exam", "/banks")["banks"] if each["bank_id"] == bank]
    if not versions:
        raise WrongUsage(f"there is no bank {bank}: `hoithi bank import FILE` makes one")
    return max(versions)


def questions_of(organiser, path: str) -> Iterator[dict]:
    """The questions below a path, fetched page by page."""
    after = None
    while True:
        page = organiser.call("GET", "exam", path, params={"limit": 200} | ({"after": after} if after else {}))
        yield from page["page"]
        after = page.get("next")
        if not after:
            return


def _page(question: dict) -> str:
    options = [
        f"  {'*' if letter in question['right'] else ' '} {letter.upper()}. {option}"
        for letter, option in zip("abcdefghij", question["options"], strict=False)
    ]
    use = ", practice" if question.get("practice") else ""
    return "\n".join([f"{question['id']}  [{question['topic']}, {question['level']}{use}]", question["text"], *options, ""])
