"""The JSON Schemas of published events, frozen: `python -m hoithi_contracts freeze` writes new ones only."""

import json
from pathlib import Path

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.common import make_schema_key

from hoithi_contracts.event import REGISTRY, Event, schema_of

FOLDER = Path(__file__).parent


class BreaksTheContract(ValueError):
    """The change would break listeners that know the published schema. Publish `<event>.v2` beside it."""


def json_schema(cls: type[Event]) -> dict:
    """JSON Schema (2020-12) of an event's data; nested objects under $defs."""
    plugin = MarshmallowPlugin(schema_name_resolver=lambda schema: make_schema_key(schema)[0].__name__)
    spec = APISpec(title="", version="", openapi_version="3.1.0", plugins=[plugin])
    spec.components.schema(cls.__name__, schema=schema_of(cls))
    schemas = json.loads(json.dumps(spec.to_dict()["components"]["schemas"]).replace("#/components/schemas/", "#/$defs/"))
    own = schemas.pop(cls.__name__)
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": cls.type,
        "description": (cls.__doc__ or "").strip(),
    }
    return {**head, **own, **({"$defs": schemas} if schemas else {})}


def path(cls: type[Event]) -> Path:
    return FOLDER / f"{cls.type}.json"


def frozen(cls: type[Event]) -> dict:
    """The published schema."""
    return json.loads(path(cls).read_text())


def breaks(old: dict, new: dict, where: str = "") -> list[str]:
    """What a listener that knows `old` could not read in `new`: empty when only optional fields came."""
    return [
        *(f"{where}{name}: gone" for name in old.get("properties", {}) if name not in new.get("properties", {})),
        *(
            f"{where}{name}: changed"
            for name, was in old.get("properties", {}).items()
            if new.get("properties", {}).get(name, was) != was
        ),
        *(f"{where}{name}: newly required" for name in new.get("required", []) if name not in old.get("required", [])),
        *(f"{where}{name}: no longer required" for name in old.get("required", []) if name not in new.get("required", [])),
        *(
            line
            for name, was in old.get("$defs", {}).items()
            for line in breaks(was, new.get("$defs", {}).get(name, {}), f"{name}.")
        ),
    ]


def freeze() -> list[str]:
    """Write the schema of every event; returns the files that changed. Raises BreaksTheContract and writes nothing."""
    wrong = {
        cls.type: found for cls in REGISTRY.values() if path(cls).exists() and (found := breaks(frozen(cls), json_schema(cls)))
    }
    if wrong:
        raise BreaksTheContract(f"{wrong}")
    return [str(path(cls)) for cls in REGISTRY.values() if _write(cls)]


def _write(cls: type[Event]) -> bool:
    text = json.dumps(json_schema(cls), ensure_ascii=False, indent=2) + "\n"
    if path(cls).exists() and path(cls).read_text() == text:
        return False
    path(cls).write_text(text)
    return True
