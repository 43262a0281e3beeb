#!/usr/bin/env bash
# What a call costs: CPU microseconds of the gateway's process, calls a second, memory, time until
# ready. Beside it, in the same run: an empty libgrpc server, which calls no upstream; another that
# sends as many details as the gateway's error has, made ready beforehand; and HAProxy passing the
# same exchange through to the same upstream, which reads and changes nothing.
#   tests/bench/run.sh FOLDER_WITH_PROGRAMS [ROUNDS]
# shellcheck source-path=SCRIPTDIR disable=SC2154
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"
if [ $# -lt 1 ] || [ $# -gt 2 ] || ! [[ ${2:-3} =~ ^[1-9][0-9]{0,2}$ ]]; then
  echo "usage: run.sh FOLDER_WITH_PROGRAMS [ROUNDS]    1 to 999 rounds, 3 by default" >&2
  exit 2
fi
programs=$(cd "$1" && pwd)
rounds=${2:-3}
calls=36000

answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# HAProxy wants a number for its port: one that nobody answers on, and another where it was taken
# meanwhile.
start_pass_through() {
  local haproxy port
  haproxy=$(PATH=$PATH:/usr/sbin command -v haproxy)
  for port in $(shuf -i 20000-29999 -n 20); do
    answers "$port" && continue
    pass_through_config "$port" >"$work/haproxy.cfg"
    taskset -c 0 "$haproxy" -db -f "$work/haproxy.cfg" >"$work/haproxy.err" 2>&1 &
    pass_pid=$!
    until answers "$port" || ! kill -0 "$pass_pid" 2>/dev/null; do sleep 0.05; done
    kill -0 "$pass_pid" 2>/dev/null || continue
    pids+=("$pass_pid")
    pass_address=127.0.0.1:$port
    return
  done
  cat "$work/haproxy.err" >&2
  return 1
}

pass_through_config() {
  cat <<TEXT
global
  nbthread 1
defaults
  mode http
  timeout connect 1s
  timeout client 60s
  timeout server 60s
  http-reuse always
frontend in
  bind 127.0.0.1:$1 proto h2
  default_backend out
backend out
  server upstream $emulator_address pool-max-conn 1024
TEXT
}

# details URL FILE: the grpc-status-details-bin of one call.
details() {
  nghttp -v -d "$2" -H 'content-type: application/grpc' -H 'te: trailers' "$1" |
    sed -n 's/.*grpc-status-details-bin: //p' | tr -d '\n'
}

ticks() { awk '{print $14 + $15}' "/proc/$1/stat"; }

# measure PID LOADER ARGUMENT...: tenths of a CPU microsecond a call, and calls a second.
measure() {
  local pid=$1 before rate
  shift
  before=$(ticks "$pid")
  rate=$(taskset -c 1 bash -c "$(declare -f load load_classes); work=$work classes=$classes; \"\$@\"" load "$@")
  echo "$((($(ticks "$pid") - before) * 1000000 / $(getconf CLK_TCK) * 10 / calls)) $rate"
}

tenths() { printf '%d.%d' $(($1 / 10)) $(($1 % 10)); }
hundredths() { printf '%d.%02d' $(($1 / 100)) $(($1 % 100)); }
median() { printf '%s\n' "$@" | sort -n | sed -n "$((($# + 1) / 2))p"; }

start emulator taskset -c 1 "$programs/scoregate" emulator --address 127.0.0.1:0
gateway_config "$work/gateway.yaml" "$emulator_address"
start gateway taskset -c 0 "$programs/scoregate" serve --config "$work/gateway.yaml"
start empty taskset -c 0 "$programs/empty_grpc_server"
details_bytes=$(($(details "http://$gateway_address$method" "$work/failed" | wc -c) * 3 / 4))
start detailed taskset -c 0 "$programs/empty_grpc_server" "$details_bytes"
start_pass_through

echo "CPU us a call (calls a second). $calls calls a round, 4 connections x 16 streams; the server"
echo "on one core, load and upstream on another; $rounds rounds, one server after the other."
echo "Errors: one of each documented class; and one whose message holds a signed URL."
format='%-7s %-15s %-15s %-15s %-15s %-15s %s\n'
# shellcheck disable=SC2059
row() { printf "$format" "$@"; }
row '' gateway, gateway, gateway, HAProxy, libgrpc, libgrpc,
row round "$classes errors" 'signed URL' scored 'passed on' empty 'with details'
error=() signed=() scored=() passed=() empty=() detailed=()
for round in $(seq "$rounds"); do
  cells=()
  for what in error signed scored passed empty detailed; do
    case $what in
      error) order=("$gateway_pid" load_classes "$calls" "http://$gateway_address$method") ;;
      signed) order=("$gateway_pid" load "$calls" "http://$gateway_address$method" "$work/failed") ;;
      scored) order=("$gateway_pid" load "$calls" "http://$gateway_address$method" "$work/scored") ;;
      passed) order=("$pass_pid" load "$calls" "http://$pass_address$upstream_path"
        "$work/upstream_request" "authorization: Bearer $BENCH_KEY") ;;
      empty) order=("$empty_pid" load_classes "$calls" "http://$empty_address$method") ;;
      detailed) order=("$detailed_pid" load "$calls" "http://$detailed_address$method" "$work/failed") ;;
    esac
    read -r cost rate < <(measure "${order[@]}")
    eval "$what+=($cost)"
    cells+=("$(tenths "$cost") ($rate)")
  done
  row "$round" "${cells[@]}"
done
error=$(median "${error[@]}") signed=$(median "${signed[@]}") scored=$(median "${scored[@]}")
passed=$(median "${passed[@]}") empty=$(median "${empty[@]}")
detailed=$(median "${detailed[@]}")
row median "$(tenths "$error")" "$(tenths "$signed")" "$(tenths "$scored")" "$(tenths "$passed")" "$(tenths "$empty")" \
  "$(tenths "$detailed")"

cat <<TEXT

error / passed on  $(hundredths $((error * 100 / passed)))  what HAProxy does for the same exchange with the same upstream is 1; the rest
                         is reading, translating, redacting, keeping and writing the error
error / empty      $(hundredths $((error * 100 / empty)))  the empty server calls no upstream, and its answer has no details
error / details    $(hundredths $((error * 100 / detailed)))  its answer has $details_bytes bytes of details that change, as the gateway's has
error - passed on  $(tenths $((error - passed))) us
TEXT
rss() { awk '/VmRSS/ {printf "%.1f MB", $2 / 1024}' "/proc/$1/status"; }
echo "RSS after the load: gateway $(rss "$gateway_pid"), HAProxy $(rss "$pass_pid")," \
  "empty libgrpc server $(rss "$empty_pid")"
echo "ready after exec: gateway $gateway_ready_ms ms, empty libgrpc server $empty_ready_ms ms"
for bench in "$programs"/*_bench; do
  echo "== $(basename "$bench")"
  "$bench" --benchmark_min_time=0.1 2>/dev/null
done
