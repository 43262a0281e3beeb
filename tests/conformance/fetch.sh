#!/usr/bin/env bash
# Brings the suites of others into a folder: their programs into bin/, the descriptors of their
# protos into protos/. What is there already stays.
#   tests/conformance/fetch.sh FOLDER
set -euo pipefail
mkdir -p "$1"
folder=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
source "$here/versions.sh"
mkdir -p "$folder/bin" "$folder/protos" "$folder/logs"

command -v go >/dev/null || { echo "the suites are Go programs: install Go 1.26 or newer" >&2; exit 1; }
command -v protoc >/dev/null || { echo "protoc is missing: ./dev packages names its package" >&2; exit 1; }

# once NAME VERSION COMMAND...: runs the command unless it has been run for that version.
once() {
  local stamp=$folder/$1.version version=$2 log=$folder/logs/fetch-$1.log
  if [ -e "$stamp" ] && [ "$(cat "$stamp")" = "$version" ]; then return 0; fi
  shift 2
  "$@" >"$log" 2>&1 </dev/null || { cat "$log" >&2; echo "failed: $*" >&2; return 1; }
  echo "$version" >"$stamp"
}

# install_go PACKAGE@VERSION NAME: a Go program as bin/NAME.
install_go() {
  local package=${1%@*}
  GOBIN=$folder/bin go install "$1"
  [ "$(basename "$package")" = "$2" ] || mv "$folder/bin/$(basename "$package")" "$folder/bin/$2"
}

# The .proto files lie in the module's folder.
connectrpc_protos() {
  local module
  module=$(go mod download -json "connectrpc.com/conformance@v$connectrpc_version" |
    sed -n 's/^\t"Dir": "\(.*\)",\{0,1\}$/\1/p')
  protoc -I "$module/proto" --include_imports \
    --descriptor_set_out="$folder/protos/connectrpc.pb" \
    connectrpc/conformance/v1/service.proto connectrpc/conformance/v1/server_compat.proto
}

# grpc-go has none; what they say is compiled into its package.
interop_protos() {
  rm -rf "$folder/export_protos"
  cp -r "$here/export_protos" "$folder/export_protos"
  cd "$folder/export_protos"
  go mod init export_protos
  go get "google.golang.org/grpc@v$grpc_go_version"
  go run . >"$folder/protos/interop.pb"
}

java_client() {
  rm -rf "$folder/java"
  mkdir -p "$folder/java"
  cat >"$folder/java/pom.xml" <<XML
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>scoregate</groupId><artifactId>interop</artifactId><version>1</version>
  <packaging>pom</packaging>
  <dependencies><dependency>
    <groupId>io.grpc</groupId><artifactId>grpc-interop-testing</artifactId>
    <version>$grpc_java_version</version>
  </dependency></dependencies>
</project>
XML
  mvn -q -B -f "$folder/java/pom.xml" dependency:copy-dependencies -DoutputDirectory="$folder/java/jars"
}

once connectconformance "$connectrpc_version" \
  install_go "connectrpc.com/conformance/cmd/connectconformance@v$connectrpc_version" connectconformance
once grpc-go-interop "$grpc_go_version" \
  install_go "google.golang.org/grpc/interop/client@v$grpc_go_version" grpc-go-interop
once h2spec "$h2spec_version" \
  install_go "github.com/summerwind/h2spec/cmd/h2spec@v$h2spec_version+incompatible" h2spec
once connectrpc-protos "$connectrpc_version" connectrpc_protos
once interop-protos "$grpc_go_version" interop_protos
if command -v java >/dev/null && command -v mvn >/dev/null; then
  once grpc-java-interop "$grpc_java_version" java_client
fi
