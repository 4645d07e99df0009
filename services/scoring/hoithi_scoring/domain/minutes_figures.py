"""What minutes say of how many took part, and of how results can be checked: of a round, and of all rounds together."""

from collections.abc import Iterable

from hoithi_print.words import whole, window
from hoithi_scoring.domain.blocks import table, text
from hoithi_scoring.domain.papers import DIVISIONS
from hoithi_scoring.domain.rounds import Round

PREDICTED = {
    "perfect": "Số người trả lời đúng tất cả (số phải dự đoán)",
    "participants": "Số người tham gia (số phải dự đoán)",
    "attempts": "Số lượt thi (số phải dự đoán)",
    "percentage": "Tỷ lệ người trả lời đúng tất cả (số phải dự đoán)",
}
ANYBODY = "Bất kỳ ai cũng có thể tính lại kết quả từ các tệp công khai và đối chiếu với mã này."


def division(name: str) -> str:
    return DIVISIONS.get(name, f"bảng {name}")


def figures_of_round(round: Round) -> tuple[dict, ...]:
    shot = round.snapshot
    rows = [["Số người tham gia", whole(shot.participants)], ["Số lượt thi", whole(shot.attempts)],
            ["Số lượt thi hợp lệ", whole(shot.valid)], ["Số người trả lời đúng tất cả", whole(shot.perfect)]]  # fmt: skip
    rows += [[f"Số người tham gia {division(name)}", whole(count)] for name, count in sorted(shot.divisions.items())]
    asked = round.rules.prediction
    if asked in PREDICTED and asked != "perfect":
        rows.append([PREDICTED[asked], _percent(shot.actual) if asked == "percentage" else whole(shot.actual or 0)])
    return text(f"{window(round.opens_at, round.closes_at)}."), table(rows, ("Nội dung", 3, False), ("Số lượng", 1, True))


def _percent(found: int | None) -> str:
    return f"{(found or 0) / 100:.2f}%".replace(".", ",")


def figures_of_season(rounds: Iterable[Round], participants: int) -> tuple[dict, ...]:
    """`participants`: different people in the rounds."""
    rows = [
        [round.title, whole(round.snapshot.participants), whole(round.snapshot.attempts), whole(round.snapshot.valid),
         whole(round.snapshot.perfect)]
        for round in rounds
    ]  # fmt: skip
    columns = (("Vòng thi", 4, False), ("Số người", 3, True), ("Số lượt thi", 3, True), ("Lượt hợp lệ", 3, True),
               ("Đúng tất cả", 3, True))  # fmt: skip
    told = f"Tổng số người tham gia các vòng thi, mỗi người tính một lần: {whole(participants)}."
    return table(rows, *columns), text(told)


def digest_of_round(round: Round) -> tuple[dict, ...]:
    shot = round.snapshot
    kept = f"Kết quả được lưu trên hệ thống ở bản thứ {shot.revision} (tệp results.json), được ký điện tử"
    return (text(f"{kept}, có mã băm SHA-256: {_spaced(shot.digest)}. {ANYBODY}"),)


def digests_of_season(rounds: Iterable[Round]) -> tuple[dict, ...]:
    """The season's table is computed from those of its rounds, so their digests prove it too."""
    told = [
        text(f"{round.title}: bản thứ {round.snapshot.revision}, mã băm SHA-256: {_spaced(round.snapshot.digest)}.")
        for round in rounds
    ]
    opening = "Kết quả chung được tính từ kết quả các vòng thi, mỗi vòng được lưu trên hệ thống (tệp results.json) và ký điện tử:"
    return (text(opening), *told, text(ANYBODY.replace("mã này", "các mã này")))


def _spaced(digest: str) -> str:
    return " ".join(digest[start : start + 16] for start in range(0, len(digest), 16))
