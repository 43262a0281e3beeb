#!/usr/bin/env bash
# What a call costs: CPU microseconds of the gateway's process, calls a second, memory, time until
# ready; beside an empty libgrpc server in the same run. Loopback only, a few seconds a round.
#   tests/bench/run.sh FOLDER_WITH_PROGRAMS [ROUNDS]
set -euo pipefail
programs=$(cd "$1" && pwd)
rounds=${2:-3}
calls=30000
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
pids=()
finish() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  rm -rf "$work"
}
trap finish EXIT

# start NAME CPU COMMAND...: starts a server, waits until it says where it listens.
start() {
  local name=$1 cpu=$2 began now
  shift 2
  began=$(date +%s%N)
  taskset -c "$cpu" "$@" 2>"$work/$name.err" &
  pids+=($!)
  eval "${name}_pid=$!"
  until grep -q 'listening on' "$work/$name.err"; do
    kill -0 "${pids[-1]}" || { cat "$work/$name.err" >&2; exit 1; }
  done
  now=$(date +%s%N)
  eval "${name}_ready_ms=$(((now - began) / 1000000))"
  eval "${name}_address=$(sed -n 's/.*listening on \([^ ]*\).*/\1/p' "$work/$name.err" | head -n 1)"
}

ticks() { awk '{print $14 + $15}' "/proc/$1/stat"; }

# request FILE RAISE: a gRPC frame with a ScoreRequest.
request() {
  protoc -I "$here/../../proto" --encode=scoring.v1.ScoreRequest scoring/v1/scoring.proto \
    >"$work/message" <<TEXT
endpoint: "iris"
inputs { key: "input1" value {
  columns { name: "sepal length" doubles { values: 5.1 } }
  columns { name: "sepal width" doubles { values: 3.5 } }
  columns { name: "petal length" doubles { values: 1.4 } }
  columns { name: "petal width" doubles { values: 0.2 } } } }
$2
TEXT
  local size
  size=$(stat -c %s "$work/message")
  printf "\\0\\0\\0\\x$(printf %02x $((size / 256)))\\x$(printf %02x $((size % 256)))" >"$1"
  cat "$work/message" >>"$1"
}

# measure NAME FILE: one round; prints CPU microseconds a call, and calls a second.
measure() {
  local pid_name=${1}_pid address_name=${1}_address before after rate
  before=$(ticks "${!pid_name}")
  rate=$(taskset -c 1 h2load -n "$calls" -c 4 -m 16 -t 1 -d "$2" \
    -H 'content-type: application/grpc' -H 'te: trailers' \
    "http://${!address_name}/scoring.v1.ScoringService/Score" |
    sed -n 's/^finished in .*, \([0-9.]*\) req.*/\1/p')
  after=$(ticks "${!pid_name}")
  echo "$(((after - before) * 1000000 / $(getconf CLK_TCK) * 10 / calls)) $rate"
}

request "$work/scored" ''
request "$work/failed" 'global_parameters { key: "raise" value { string_value: "BadArgument/BlobNotFound" } }'

start emulator 1 "$programs/scoregate" emulator --address 127.0.0.1:0
cat >"$work/gateway.yaml" <<YAML
listeners:
- address: 127.0.0.1:0
lanes: 1
endpoints:
- name: iris
  dialect: CLASSIC
  url: http://$emulator_address/workspaces/ws/services/iris
  api_key: {env: BENCH_KEY}
YAML
export BENCH_KEY=a-key-for-the-bench
start gateway 0 "$programs/scoregate" serve --config "$work/gateway.yaml"
start empty 0 "$programs/empty_grpc_server"

echo "CPU us a call (calls/s), $calls calls, 4 connections x 16 streams, one core; $rounds rounds"
printf '%-34s %-22s %-22s %s\n' round "error, translated" "scored" "empty libgrpc server"
for round in $(seq "$rounds"); do
  row=()
  for what in "gateway $work/failed" "gateway $work/scored" "empty $work/failed"; do
    # shellcheck disable=SC2086
    read -r tenths rate < <(measure $what)
    row+=("$((tenths / 10)).$((tenths % 10)) ($rate)")
  done
  printf '%-34s %-22s %-22s %s\n' "$round" "${row[@]}"
done
rss() { awk '/VmRSS/ {printf "%.1f MB", $2 / 1024}' "/proc/$1/status"; }
echo "RSS after the load: gateway $(rss "$gateway_pid"), empty libgrpc server $(rss "$empty_pid")"
echo "ready after exec: gateway $gateway_ready_ms ms, empty libgrpc server $empty_ready_ms ms"
for bench in "$programs"/*_bench; do
  echo "== $(basename "$bench")"
  "$bench" --benchmark_min_time=0.1 2>/dev/null
done
