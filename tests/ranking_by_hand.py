"""A ranking computed from the published files alone, by docs/reference/results.md; shares no code with the platform.

For the rules that rehearsals and fault runs use: best attempt, tie-break A, prediction of perfect papers.
"""


def counting(attempts: list[dict]) -> dict[str, dict]:
    """Person -> the row of attempts.csv that counts."""
    best = {}
    for attempt in attempts:
        if attempt["invalidated"] == "true":
            continue
        known = best.get(attempt["person"])
        if known is None or quality(attempt) < quality(known):
            best[attempt["person"]] = attempt
    return best


def quality(attempt: dict) -> tuple:
    """Smaller is better."""
    return -int(attempt["points"]), int(attempt["duration_ms"]), attempt["submitted_at"], int(attempt["number"])


def prediction_of(person: str, attempts: list[dict]) -> int | None:
    """The first one the person gave."""
    mine = [each for each in attempts if each["person"] == person and each["prediction"]]
    given = sorted((int(each["number"]), int(each["prediction"])) for each in mine)
    return given[0][1] if given else None


def recomputed(attempts: list[dict], rules: dict) -> list[tuple]:
    """(place, person, points, duration_ms, submitted_at) in the order of results.csv."""
    assert (rules["counting"], rules["tie_break"], rules["prediction"]) == ("best", "A", "perfect")
    best = counting(attempts)
    actual = sum(attempt["perfect"] == "true" for attempt in best.values())
    keyed = []
    for person, attempt in best.items():
        predicted = prediction_of(person, attempts)
        error = abs(predicted - actual) if predicted is not None else float("inf")
        key = (-int(attempt["points"]), error, int(attempt["duration_ms"]), attempt["submitted_at"])
        keyed.append((key, person, attempt))
    keyed.sort(key=lambda each: (each[0], each[1]))
    placed = []
    for index, (key, person, attempt) in enumerate(keyed):
        place = placed[-1][0] if index and keyed[index - 1][0] == key else index + 1
        placed.append((place, person, int(attempt["points"]), int(attempt["duration_ms"]), attempt["submitted_at"]))
    return placed


def published(results: list[dict]) -> list[tuple]:
    """The same from the rows of results.csv."""
    return [
        (int(row["place"]), row["person"], int(row["points"]), int(row["duration_ms"]), row["submitted_at"]) for row in results
    ]
