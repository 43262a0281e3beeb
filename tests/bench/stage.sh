# What the measuring scripts share; they source it. Loopback only; what is started here is stopped
# by its number when the script ends.
# shellcheck shell=bash
set -euo pipefail
bench=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
pids=()
finish() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  rm -rf "$work"
}
trap finish EXIT

# start NAME COMMAND...: starts a server, waits until it says where it listens.
start() {
  local name=$1 began now
  shift
  began=$(date +%s%N)
  : >"$work/$name.err"
  "$@" 2>"$work/$name.err" &
  pids+=($!)
  eval "${name}_pid=$!"
  until grep -Eq 'listening on [^ ]*:[0-9]+' "$work/$name.err"; do
    kill -0 "${pids[-1]}" || { cat "$work/$name.err" >&2; exit 1; }
  done
  now=$(date +%s%N)
  eval "${name}_ready_ms=$(((now - began) / 1000000))"
  eval "${name}_address=$(sed -n 's/.*listening on \([^ ]*\).*/\1/p' "$work/$name.err" | head -n 1)"
}

# request FILE [MORE]: a gRPC frame with a ScoreRequest.
request() {
  protoc -I "$bench/../../proto" --encode=scoring.v1.ScoreRequest scoring/v1/scoring.proto \
    >"$work/message" <<TEXT
endpoint: "iris"
inputs { key: "input1" value {
  columns { name: "sepal length" doubles { values: 5.1 } }
  columns { name: "sepal width" doubles { values: 3.5 } }
  columns { name: "petal length" doubles { values: 1.4 } }
  columns { name: "petal width" doubles { values: 0.2 } } } }
${2:-}
TEXT
  local size
  size=$(stat -c %s "$work/message")
  printf "\\0\\0\\0\\x$(printf %02x $((size / 256)))\\x$(printf %02x $((size % 256)))" >"$1"
  cat "$work/message" >>"$1"
}

# failing FILE RAISED: a request that the upstream refuses with that error.
failing() {
  request "$1" "global_parameters { key: \"raise\" value { string_value: \"$2\" } }"
}

# What the kinds of call send: one that the upstream scores; one error of each documented class, the
# first that has a code; and one error whose message holds a signed URL, which takes most to redact.
# The last file is the body that the gateway makes of that one.
request "$work/scored"
classes=0
while read -r raised; do
  failing "$work/class.$((classes++))" "$raised"
done < <(awk -F'\t' 'NR > 1 { if (!($1 in code)) class[n++] = $1
                              if (code[$1] == "" && $3 != "") code[$1] = "/" $3 }
                     END { for (i = 0; i < n; i++) print class[i] code[class[i]] }' \
  "$bench/../catalogue/documented_errors.tsv")
raised=BadArgument/BlobNotFound
failing "$work/failed" "$raised"
cat >"$work/upstream_request" <<JSON
{"Inputs":{"input1":{"ColumnNames":["sepal length","sepal width","petal length","petal width"],"Values":[[5.1,3.5,1.4,0.2]]}},"GlobalParameters":{"raise":"$raised"}}
JSON
method=/scoring.v1.ScoringService/Score
upstream_path='/workspaces/ws/services/iris/execute?api-version=2.0&details=true'
export BENCH_KEY=a-key-for-the-bench

# gateway_config FILE UPSTREAM_ADDRESS
gateway_config() {
  cat >"$1" <<YAML
listeners:
- address: 127.0.0.1:0
lanes: 1
endpoints:
- name: iris
  dialect: CLASSIC
  url: http://$2/workspaces/ws/services/iris
  api_key: {env: BENCH_KEY}
YAML
}

# load CALLS URL FILE [HEADER]: 4 connections x 16 streams; prints calls a second. Every call must
# have been answered, with status 200 by gRPC servers and 400 by the pass-through.
load() {
  local header=${4:-'content-type: application/grpc'}
  h2load -n "$1" -c 4 -m 16 -t 1 -d "$3" -H "$header" -H 'te: trailers' "$2" >"$work/load"
  grep -Eq "^status codes: ($1 2xx, 0 3xx, 0|0 2xx, 0 3xx, $1) 4xx, 0 5xx" "$work/load" || {
    cat "$work/load" >&2
    echo "not every call was answered as it should be" >&2
    return 1
  }
  sed -n 's/^finished in .*, \([0-9]*\)[0-9.]* req.*/\1/p' "$work/load"
}

# load_classes CALLS URL: as load, the calls shared out over the errors of all classes.
load_classes() {
  local share=$(($1 / classes)) i rate microseconds=0
  for ((i = 0; i < classes; i++)); do
    rate=$(load "$share" "$2" "$work/class.$i")
    microseconds=$((microseconds + share * 1000000 / rate))
  done
  echo $((share * classes * 1000000 / microseconds))
}
