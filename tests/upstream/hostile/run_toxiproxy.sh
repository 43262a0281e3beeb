#!/usr/bin/env bash
# run_toxiproxy.sh DIR: plays the table of network faults over the real Toxiproxy, with the
# upstream_hostile_test that is in DIR. Needs the Go toolchain; Toxiproxy comes from its module.
set -euo pipefail
version=v2.5.0
programs=$(cd "$1" && pwd)
command -v go >/dev/null || { echo "install the Go toolchain (golang-go), or put go on the PATH" >&2; exit 1; }
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$work"' EXIT
GOBIN=$work go install "github.com/Shopify/toxiproxy/v2/cmd/server@$version"

# A port that nobody had a moment ago.
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
"$work/server" -host 127.0.0.1 -port "$port" >"$work/log" 2>&1 &
server=$!
for _ in $(seq 50); do
  (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break
  sleep 0.1
done
SCOREGATE_TOXIPROXY=127.0.0.1:$port "$programs/upstream_hostile_test" --gtest_filter='Network.*'
