#!/bin/sh
# Runs a command with the secrets of this container as its environment.
set -eu
settings="${HOITHI_SETTINGS:-/run/hoithi/settings.env}"
if [ ! -r "$settings" ]; then
    echo "hoithi: $settings is missing: the one-shot service \`secrets\` of docker-compose.yml writes it" >&2
    exit 78
fi
set -a
# shellcheck source=/dev/null
. "$settings"
set +a
exec "$@"
