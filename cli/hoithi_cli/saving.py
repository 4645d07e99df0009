"""Answers saved as files."""

from collections.abc import Mapping
from pathlib import Path

from hoithi_cli.front_door import Person, refusal


def save(person: Person, service: str, path: str, file: Path, **params) -> Mapping[str, str]:
    """Stream an answer into a file that appears only when it is whole; gives the answer's headers. Raises Refused."""
    part = file.with_name(file.name + ".part")
    with person.stream(service, path, params=params) as answer:
        if not answer.is_success:
            answer.read()
            raise refusal(answer)
        with part.open("wb") as target:
            for piece in answer.iter_bytes():
                target.write(piece)
    part.replace(file)
    return answer.headers
