#!/usr/bin/env bash
# Everything that is made from the contracts: frozen schemas, AsyncAPI, event map, the broker's queues.
set -euo pipefail
cd "$(dirname "$0")/../.."
PATH=$PWD/.venv/bin:$PATH
python -m hoithi_contracts freeze
python -m hoithi_contracts asyncapi > docs/reference/asyncapi.json
python -m hoithi_contracts map > docs/pictures/event-map.dot
command -v dot >/dev/null || { echo "hoithi: the picture needs graphviz: apt-get install graphviz" >&2; exit 1; }
dot -Tsvg docs/pictures/event-map.dot -o docs/pictures/event-map.svg
python -m hoithi_bus.topology > deploy/rabbitmq/topology.json
