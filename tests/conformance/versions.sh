# The suites that ./dev conformance runs, as they are named where they come from.
connectrpc_version=1.0.7   # connectrpc.com/conformance, a Go module
grpc_go_version=1.85.0     # google.golang.org/grpc, a Go module
h2spec_version=2.2.1       # github.com/summerwind/h2spec, a Go module
grpc_java_version=1.79.0   # io.grpc:grpc-interop-testing, of Maven Central
