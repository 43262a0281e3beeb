#!/usr/bin/env bash
# The gateway against clients and model servers that this project did not write.
#   tests/interop/run.sh FOLDER_WITH_PROGRAMS
set -euo pipefail
programs=$(cd "$1" && pwd)
cd "$(dirname "$0")"
source_folder=$(cd ../.. && pwd)
work=$source_folder/build/interop
mkdir -p "$work/python"

command -v python3 >/dev/null || { echo "interop needs python3" >&2; exit 1; }
# environment FOLDER REQUIREMENTS: a virtual environment with just these packages.
environment() {
  cmp -s "$2" "$work/$1.txt" && return
  python3 -m venv --clear "$work/$1"
  "$work/$1/bin/pip" install --quiet -r "$2"
  cp "$2" "$work/$1.txt"
}
environment venv requirements.txt
# The servers do not agree on the versions of what they are made of.
environment azmlinfsrv-venv azmlinfsrv_requirements.txt
environment mlserver-venv mlserver_requirements.txt
# The clients of the classic service have their own requirements, which are older than most.
environment azureml azureml_requirements.txt
environment azmlclient azmlclient_requirements.txt
python=$work/venv/bin/python

# google.rpc comes from googleapis-common-protos: the client knows nothing of our copies.
"$python" -m grpc_tools.protoc -I "$source_folder/proto" --python_out="$work/python" \
  --grpc_python_out="$work/python" scoring/v1/scoring.proto scoring/v1/errors.proto
protoc -I "$source_folder/proto" --include_imports --descriptor_set_out="$work/ours.pb" \
  google/api/httpbody.proto google/longrunning/operations.proto google/rpc/code.proto \
  google/rpc/error_details.proto google/rpc/status.proto grpc/health/v1/health.proto \
  grpc/reflection/v1/reflection.proto grpc/reflection/v1alpha/reflection.proto

# Tools in Go, where there is a Go to build them with.
go_tools=(github.com/fullstorydev/grpcurl/cmd/grpcurl@v1.9.4
          github.com/grpc-ecosystem/grpc-health-probe@v0.4.61)
tools=()
if command -v go >/dev/null; then
  if [ "$(cat "$work/go/installed" 2>/dev/null)" != "${go_tools[*]}" ]; then
    rm -rf "$work/go"
    mkdir -p "$work/go"
    for tool in "${go_tools[@]}"; do
      # From a folder without a module, and quiet as long as it works.
      (cd "$work/go" && GOBIN=$work/go GOFLAGS= go install "$tool" >install.log 2>&1) || {
        cat "$work/go/install.log" >&2
        exit 1
      }
    done
    echo "${go_tools[*]}" >"$work/go/installed"
  fi
  tools=("$work/go")
fi

echo "== google.rpc and others, field by field"
"$python" compare_protos.py "$work/ours.pb"
echo "== grpcio and grpcio-status"
PYTHONPATH=$work/python "$python" grpcio_client.py "$programs/scoregate" "$work"
echo "== model servers behind the gateway"
PYTHONPATH=$work/python "$python" model_servers.py "$programs/scoregate" "$work" \
  "$work/azmlinfsrv-venv" "$work/mlserver-venv"
echo "== azureml, a client of the classic service"
"$work/azureml/bin/python" azureml_client.py "$programs/scoregate"
echo "== azmlclient, a client of the classic service and its batch jobs"
"$work/azmlclient/bin/python" azmlclient_client.py "$programs/scoregate"
echo "== health and reflection: grpcio's clients${tools:+, ${go_tools[*]##*/}}"
"$python" tools_client.py "$programs/scoregate" "$work" "${tools[@]}"
[ ${#tools[@]} -gt 0 ] || echo "there is no go here: grpcurl and grpc-health-probe were not run"
