#!/usr/bin/env bash
# Resolves what the distributions and requirements.in ask for into requirements.lock: exact versions, no addresses.
set -euo pipefail
cd "$(dirname "$0")/../.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
python3 -m venv "$scratch/venv"
python3 - > "$scratch/wanted" <<'PYTHON'
import glob
import tomllib

for path in sorted(glob.glob("libs/*/pyproject.toml") + glob.glob("services/*/pyproject.toml") + ["cli/pyproject.toml", "deploy/native/pyproject.toml"]):
    project = tomllib.load(open(path, "rb"))["project"]
    extras = [each for group in project.get("optional-dependencies", {}).values() for each in group]
    print(*(each for each in project.get("dependencies", []) + extras if not each.startswith("hoithi-")), sep="\n")
PYTHON
"$scratch/venv/bin/pip" install -q --disable-pip-version-check -r "$scratch/wanted" -r requirements.in
{
    echo "# Made by deploy/native/lock.sh; do not edit."
    "$scratch/venv/bin/pip" freeze --all | grep -vE '^(pip|-e|hoithi)' | sort -f
} > requirements.lock
