#!/usr/bin/env bash
# The suites of others against the rpc room and the gateway, as one table; fails where a number of
# floors.tsv is not reached. Loopback only, some two minutes.
#   tests/conformance/run.sh FOLDER_WITH_PROGRAMS FOLDER_OF_FETCH PAGE
set -euo pipefail
programs=$(cd "$1" && pwd)
folder=$(cd "$2" && pwd)
page=$3
here=$(cd "$(dirname "$0")" && pwd)
source "$here/versions.sh"
suites=$folder/bin
logs=$folder/logs
work=$(mktemp -d)
rows=$work/rows
pids=()
finish() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  for pid in "${pids[@]}"; do wait "$pid" 2>/dev/null || true; done
  rm -rf "$work"
}
trap finish EXIT

# add SUITE PEER VERSIONS CASES PASSED NOTE: a row of the table; CASES "-" where it could not run. NOTE
# is how many cases are not applicable, and why.
add() { printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$@" >>"$rows"; }

# start COMMAND...: a server in the background; stop ends the latest.
start() {
  "$@" >"$work/out" 2>"$work/err" </dev/null &
  pids+=($!)
}
stop() {
  kill "${pids[-1]}" 2>/dev/null || true
  wait "${pids[-1]}" 2>/dev/null || true
  unset 'pids[-1]'
}
gone() {
  cat "$work/err" >&2
  echo "a server did not come up" >&2
  exit 1
}

# wait_port FILE PATTERN: the number that the latest server prints there.
wait_port() {
  local found=
  for _ in $(seq 100); do
    found=$(sed -n "s/$2/\\1/p" "$1" | head -n 1)
    [ -n "$found" ] && break
    kill -0 "${pids[-1]}" 2>/dev/null || gone
    sleep 0.1
  done
  [ -n "$found" ] || gone
  port=$found
}

# A port that nobody listens on, for servers that cannot take one themselves.
free_port() {
  for _ in $(seq 50); do
    port=$((20000 + RANDOM % 12000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || return 0
  done
  echo "no free port" >&2
  exit 1
}
wait_open() {
  for _ in $(seq 100); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && return 0
    kill -0 "${pids[-1]}" 2>/dev/null || gone
    sleep 0.1
  done
  gone
}

# A certificate that is its own authority: whoever trusts it trusts the server.
cat >"$work/openssl.cnf" <<'CNF'
[req]
prompt = no
distinguished_name = name
x509_extensions = extensions
[name]
CN = localhost
[extensions]
basicConstraints = critical, CA:TRUE
keyUsage = digitalSignature, keyCertSign
subjectAltName = DNS:localhost, IP:127.0.0.1
CNF
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 \
  -config "$work/openssl.cnf" -keyout "$work/key.pem" -out "$work/cert.pem" 2>"$work/openssl.log" ||
  { cat "$work/openssl.log" >&2; exit 1; }
cat "$work/cert.pem" "$work/key.pem" >"$work/both.pem"

connectrpc() {
  local log=$logs/connectrpc.log cases passed
  "$suites/connectconformance" --conf "$here/connectrpc.yaml" --mode server -p 4 \
    -- "$programs/connectrpc_server" >"$log" 2>&1 </dev/null || true
  cases=$(sed -n 's/^Total cases: \([0-9]*\).*/\1/p' "$log")
  passed=$(sed -n 's/^\([0-9]*\) passed.*/\1/p' "$log")
  add connectrpc scoregate "connectrpc conformance $connectrpc_version" "${cases:-0}" "${passed:-0}" 0
}

go_cases=(empty_unary large_unary client_streaming server_streaming ping_pong empty_stream
  custom_metadata status_code_and_message special_status_message unimplemented_method
  unimplemented_service cancel_after_begin cancel_after_first_response timeout_on_sleeping_server)
# The compressed ones are in grpc-java's client alone.
java_cases=("${go_cases[@]}" client_compressed_unary server_compressed_unary
  client_compressed_streaming server_compressed_streaming very_large_request)

# interop SUITE VERSIONS COMMAND...: `command CASE` for each of ${cases[@]}.
interop() {
  local suite=$1 versions=$2 passed=0 log=$logs/$1.log case
  shift 2
  : >"$log"
  for case in "${cases[@]}"; do
    echo "== $case" >>"$log"
    if timeout 60 "$@" "$case" >>"$log" 2>&1 </dev/null; then
      passed=$((passed + 1))
    else
      echo "failed: $case, with $suite; see $log" >&2
    fi
  done
  local missing=$((${#java_cases[@]} - ${#cases[@]})) note=0
  [ "$missing" = 0 ] || note="$missing: its client has no such case"
  add "$suite" scoregate "$versions" "${#cases[@]}" "$passed" "$note"
}
go_client() { "$suites/grpc-go-interop" -server_host 127.0.0.1 -server_port "$port" -test_case "$1"; }
go_client_tls() {
  "$suites/grpc-go-interop" -server_host 127.0.0.1 -server_port "$port" -test_case "$1" \
    -use_tls -use_test_ca -ca_file "$work/cert.pem" -server_host_override localhost
}
java_client() {
  java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$folder/java/jars/*" \
    io.grpc.testing.integration.TestServiceClient --server_host=127.0.0.1 --server_port="$port" \
    --use_tls="${2-false}" --use_test_ca="${2-false}" --server_host_override=foo.test.google.fr \
    --test_case="$1"
}
java_client_tls() { java_client "$1" true; }
export -f go_client go_client_tls java_client java_client_tls
export suites folder work port

# grpc-java's client trusts the authority of its own jar, which has a server's certificate, too.
java_certificates() {
  (cd "$work" && jar xf "$folder"/java/jars/grpc-testing-[0-9]*.jar certs/server1.pem certs/server1.key)
}

interops() {
  local go="grpc-go $grpc_go_version interop client" java="grpc-java $grpc_java_version interop client"
  start "$programs/interop_server"
  wait_port "$work/out" '^\([0-9]*\)$'
  cases=("${go_cases[@]}")
  interop interop-go "$go, clear text" bash -c 'go_client "$0"'
  if [ -e "$folder/grpc-java-interop.version" ]; then
    cases=("${java_cases[@]}")
    interop interop-java "$java, clear text" bash -c 'java_client "$0"'
    stop
    java_certificates
    start "$programs/interop_server" "$work/certs/server1.pem" "$work/certs/server1.key"
    wait_port "$work/out" '^\([0-9]*\)$'
    interop interop-java-tls "$java, TLS" bash -c 'java_client_tls "$0"'
  else
    add interop-java scoregate "$java, clear text" - - "all: no java and mvn here"
    add interop-java-tls scoregate "$java, TLS" - - "all: no java and mvn here"
  fi
  stop
  start "$programs/interop_server" "$work/cert.pem" "$work/key.pem"
  wait_port "$work/out" '^\([0-9]*\)$'
  cases=("${go_cases[@]}")
  interop interop-go-tls "$go, TLS" bash -c 'go_client_tls "$0"'
  stop
}

# Seconds a case, where the two that h2spec gives it may have been too few on a busy machine.
h2spec_patience=6

# h2spec SUITE PEER VERSIONS [OPTION...]. Where a case fails, all are tried once more with more
# time, whoever's server it is.
h2spec() {
  local suite=$1 peer=$2 versions=$3 log=$logs/$1-$2.log line
  shift 3
  local command=("$suites/h2spec" -h 127.0.0.1 -p "$port" "$@")
  if ! "${command[@]}" >"$log" 2>&1 </dev/null; then
    echo "$suite: $peer failed a case, all are tried once more with $h2spec_patience s each" >&2
    "${command[@]}" -o "$h2spec_patience" >"$log" 2>&1 </dev/null || true
  fi
  line=$(grep -E '^[0-9]+ tests, [0-9]+ passed' "$log" || echo "0 tests, 0 passed")
  add "$suite" "$peer" "$versions" "${line%% tests*}" \
    "$(sed 's/.*tests, \([0-9]*\) passed.*/\1/' <<<"$line")" 0
}

gateway() {
  cat >"$work/scoregate.yaml" <<YAML
listeners:
- address: 127.0.0.1:0
- address: 127.0.0.1:0
  tls: {cert_file: $work/cert.pem, key_file: $work/key.pem}
endpoints:
- {name: nowhere, dialect: OPAQUE, url: "http://127.0.0.1:9"}
YAML
  local spec="h2spec $h2spec_version"
  start "$programs/scoregate" serve --config "$work/scoregate.yaml"
  wait_port "$work/err" '.*listening on [^ ]*:\([0-9]*\).*'
  h2spec h2spec scoregate "$spec, clear text"
  port=$(sed -n 's/.*listening on [^ ]*:\([0-9]*\).*/\1/p' "$work/err" | sed -n 2p)
  h2spec h2spec-tls scoregate "$spec, TLS" -t -k
  stop
}

# The same suite against servers that everybody knows: the table says what a number is worth.
others() {
  local spec="h2spec $h2spec_version" version
  mkdir "$work/htdocs"
  echo hello >"$work/htdocs/index.html"
  version="nghttpd $(nghttpd --version | sed 's/.*\///')"
  free_port
  start nghttpd --no-tls -a 127.0.0.1 -d "$work/htdocs" "$port"
  wait_open
  h2spec h2spec "$version" "$spec, clear text"
  stop
  free_port
  start nghttpd -a 127.0.0.1 -d "$work/htdocs" "$port" "$work/key.pem" "$work/cert.pem"
  wait_open
  h2spec h2spec-tls "$version" "$spec, TLS" -t -k
  stop
  version="HAProxy $(haproxy -v | sed -n 's/^HAProxy version \([0-9.]*\).*/\1/p')"
  free_port
  local clear=$port
  free_port
  cat >"$work/haproxy.cfg" <<CFG
defaults
  mode http
  timeout client 10s
  timeout server 10s
  timeout connect 10s
frontend all
  bind 127.0.0.1:$clear proto h2
  bind 127.0.0.1:$port ssl crt $work/both.pem alpn h2
  http-request return status 200 content-type text/plain string "hello"
CFG
  start haproxy -db -f "$work/haproxy.cfg"
  wait_open
  h2spec h2spec-tls "$version" "$spec, TLS" -t -k
  port=$clear
  h2spec h2spec "$version" "$spec, clear text"
  stop
}

# table SEPARATOR: the rows for a person to read.
table() {
  local suite peer versions cases passed note failed
  sort -t $'\t' -s -k3,3 "$rows" | while IFS=$'\t' read -r suite peer versions cases passed note; do
    failed=-
    [ "$cases" = - ] || failed=$((cases - passed))
    printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$versions" "$peer" "$cases" "$passed" "$failed" "$note"
  done
}

write_page() {
  cat <<'MD'
# What the suites of others say

Written by `./dev conformance`, which fails where a number of scoregate's falls (`tests/conformance/floors.tsv`). connectrpc's runner and the interop clients call servers that are made of the gateway's `rpc` room and the suites' own services; h2spec calls the gateway itself, and, in the same run, two servers that everybody knows.

| suite | server | cases | passed | failed | not applicable |
|---|---|---|---|---|---|
MD
  table | sed 's/\t/ | /g; s/^/| /; s/ *$/ |/'
  cat <<MD

## What stands behind the numbers
- connectrpc conformance: gRPC over HTTP/2, protobuf; unary, client, server, half- and full-duplex streams; trailers, metadata, binary headers, error details, deadlines, cancellation, message size limits, broken requests; identity and gzip; clear text, TLS, client certificates. No case is known to fail, none is left out but those for what gRPC over HTTP/2 does not have (other protocols, HTTP versions, codecs and compressions).
- Interop cases: ${java_cases[*]}. grpc-go's client has no compressed ones and no very_large_request. Cases that need credentials of a cloud, load reports or soak runs are not run.
- h2spec gives each case two seconds. Where a server fails one, all are tried once more with $h2spec_patience seconds each, whoever's server it is, and the second try is what counts: a busy machine can make two seconds too short.
- To repeat it, with Go installed: \`./dev conformance\`. One case of connectrpc: \`build/conformance/bin/connectconformance --conf tests/conformance/connectrpc.yaml --mode server --trace --run '**/unexpected-compression' -- build/release/bin/connectrpc_server\`.
MD
}

# Says what fell; true where nothing did.
check_floors() {
  local suite peer cases passed row_cases row_passed good=true
  while IFS=$'\t' read -r suite peer cases passed; do
    [[ $suite == \#* ]] && continue
    IFS=$'\t' read -r row_cases row_passed < <(
      awk -F '\t' -v s="$suite" -v p="$peer" '$1 == s && $2 == p {print $4 "\t" $5}' "$rows")
    [ "${row_cases:-0}" = - ] && continue
    if [ "${row_cases:-0}" -lt "$cases" ] || [ "${row_passed:-0}" -lt "$passed" ] ||
      [ "${row_passed:-0}" -lt "${row_cases:-0}" ]; then
      echo "$suite: ${row_passed:-0} of ${row_cases:-0} passed, and $passed of $cases have to" >&2
      grep -h -A1 '^FAILED' "$logs/$suite.log" 2>/dev/null | head -n 20 >&2 || true
      good=false
    fi
  done <"$here/floors.tsv"
  $good
}

connectrpc
interops
gateway
others
{
  printf 'suite\tserver\tcases\tpassed\tfailed\tnot applicable\n'
  table
} | awk -F '\t' '{printf "%-46s %-14s %6s %7s %7s  %s\n", $1, $2, $3, $4, $5, $6}'
check_floors
write_page >"$work/page.md"
if ! cmp -s "$work/page.md" "$page"; then
  cp "$work/page.md" "$page"
  echo "$page has changed" >&2
fi
