#!/usr/bin/env bash
# How many instructions of its own the gateway's process runs for a call, by callgrind: a figure that
# is the same on a busy machine. What the kernel does is not in it.
#   tests/bench/instructions.sh FOLDER_WITH_PROGRAMS
# shellcheck source-path=SCRIPTDIR disable=SC2154
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"
if [ $# -ne 1 ]; then
  echo "usage: instructions.sh FOLDER_WITH_PROGRAMS" >&2
  exit 2
fi
programs=$(cd "$1" && pwd)
few=500
many=2500

# total NAME CALLS FILE COMMAND...: sets `total` to the instructions of a server from start to end.
total() {
  local name=$1 calls=$2 file=$3 address=${1}_address pid=${1}_pid
  shift 3
  start "$name" valgrind --tool=callgrind --callgrind-out-file="$work/$name.out" "$@"
  load "$calls" "http://${!address}$method" "$file" >/dev/null
  kill -TERM "${!pid}"
  wait "${!pid}" || true
  total=$(sed -n 's/^totals: //p' "$work/$name.out")
}

# a_call LABEL NAME FILE COMMAND...: what starting takes is the same in both runs and falls out.
a_call() {
  local label=$1 less
  shift
  total "$1" "$few" "${@:2}"
  less=$total
  total "$1" "$many" "${@:2}"
  printf '%-22s %9d\n' "$label" $(((total - less) / (many - few)))
}

start emulator "$programs/scoregate" emulator --address 127.0.0.1:0
gateway_config "$work/gateway.yaml" "$emulator_address"
serve=("$programs/scoregate" serve --config "$work/gateway.yaml")
echo "instructions a call, kernel apart"
a_call "gateway, error" gateway "$work/failed" "${serve[@]}"
a_call "gateway, scored" gateway "$work/scored" "${serve[@]}"
a_call "empty libgrpc server" empty "$work/failed" "$programs/empty_grpc_server"
