"""Unmodified tools that know nothing of our protos, against emulator and gateway: the health and
reflection clients of grpcio, and, where they are given, grpcurl and grpc-health-probe.

    tools_client.py SCOREGATE WORK_FOLDER [FOLDER_WITH_GRPCURL_AND_GRPC_HEALTH_PROBE]

Expected outputs stand here in full. Prints one line a tool; ends with 1 where anything differs.
"""

import json
import pathlib
import subprocess
import sys

import grpc
from google.protobuf import descriptor_pool, json_format, message_factory
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import (
    ProtoReflectionDescriptorDatabase)

from programs import Server, write_config

SERVING = health_pb2.HealthCheckResponse.SERVING
NOT_SERVING = health_pb2.HealthCheckResponse.NOT_SERVING
SERVICE_UNKNOWN = health_pb2.HealthCheckResponse.SERVICE_UNKNOWN

SERVICES = [
    "google.longrunning.Operations",
    "grpc.health.v1.Health",
    "grpc.reflection.v1.ServerReflection",
    "grpc.reflection.v1alpha.ServerReflection",
    "scoring.v1.BatchScoringService",
    "scoring.v1.ErrorCatalogService",
    "scoring.v1.ScoringService",
]

FLOWER = {
    "endpoint": "iris",
    "inputs": {"input1": {"columns": [
        {"name": "sepal length", "doubles": {"values": [5.1]}},
        {"name": "sepal width", "doubles": {"values": [3.5]}},
        {"name": "petal length", "doubles": {"values": [1.4]}},
        {"name": "petal width", "doubles": {"values": [0.2]}},
    ]}},
}


def flower(raise_name=None):
    request = dict(FLOWER)
    if raise_name:
        request["globalParameters"] = {"raise": raise_name}
    return request


def label_of(response):
    columns = {c["name"]: c for c in response["outputs"]["output1"]["columns"]}
    return columns["Scored Labels"]["strings"]["values"]


def expect(found, expected, what):
    if found != expected:
        raise SystemExit(f"{what}: found\n{found}\nexpected\n{expected}")


class Dynamic:
    """Calls ScoringService with nothing but what reflection tells."""

    def __init__(self, channel):
        database = ProtoReflectionDescriptorDatabase(channel)
        expect(sorted(database.get_services()), SERVICES, "reflection: services")
        pool = descriptor_pool.DescriptorPool(database)
        method = pool.FindMethodByName("scoring.v1.ScoringService.Score")
        self.request_type = message_factory.GetMessageClass(method.input_type)
        response_type = message_factory.GetMessageClass(method.output_type)
        self.call = channel.unary_unary(
            "/scoring.v1.ScoringService/Score",
            request_serializer=self.request_type.SerializeToString,
            response_deserializer=response_type.FromString)
        try:
            pool.FindMessageTypeByName("no.Such")
        except KeyError:
            pass
        else:
            raise SystemExit("reflection found what is not there")

    def score(self, raise_name=None):
        request = json_format.ParseDict(flower(raise_name), self.request_type())
        return json_format.MessageToDict(self.call(request, timeout=10))


def use_grpcio(address):
    with grpc.insecure_channel(address) as channel:
        scoring = Dynamic(channel)
        health = health_pb2_grpc.HealthStub(channel)

        def check(name):
            return health.Check(health_pb2.HealthCheckRequest(service=name), timeout=10).status

        watch = health.Watch(health_pb2.HealthCheckRequest(service="iris"), timeout=60)
        unknown = health.Watch(health_pb2.HealthCheckRequest(service="no.Such"), timeout=60)
        expect(next(watch).status, SERVING, "Watch before any call")
        expect(next(unknown).status, SERVICE_UNKNOWN, "Watch of an unknown name")
        expect(label_of(scoring.score()), ["setosa"], "Score by reflection alone")
        try:
            scoring.score("Unauthorized/ScoreRequestUnauthorized")
        except grpc.RpcError as error:
            expect(error.code(), grpc.StatusCode.UNAUTHENTICATED, "a refused key")
        expect(next(watch).status, NOT_SERVING, "Watch after a refused key")
        expect((check("iris"), check("")), (NOT_SERVING, SERVING), "Check after a refused key")
        scoring.score()
        expect(next(watch).status, SERVING, "Watch after a good call")
        listed = health.List(health_pb2.HealthListRequest(), timeout=10).statuses
        expect(sorted(listed), sorted(["", "iris", *SERVICES]), "List")
        try:
            check("no.Such")
        except grpc.RpcError as error:
            expect(error.code(), grpc.StatusCode.NOT_FOUND, "Check of an unknown name")
        else:
            raise SystemExit("Check of an unknown name did not fail")
        watch.cancel()
        unknown.cancel()
    print(f"grpcio-health-checking and grpcio-reflection {grpc.__version__}: as expected")


def run(command, exit_code=0):
    """What a command that has to end with this code says: on standard output, and on both."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    if done.returncode != exit_code:
        raise SystemExit(f"{' '.join(command)}: ended with {done.returncode}, expected {exit_code}\n"
                         + done.stdout + done.stderr)
    return done.stdout, done.stdout + done.stderr


DESCRIBED = """\
grpc.health.v1.Health is a service:
service Health {
  rpc Check ( .grpc.health.v1.HealthCheckRequest ) returns ( .grpc.health.v1.HealthCheckResponse );
  rpc List ( .grpc.health.v1.HealthListRequest ) returns ( .grpc.health.v1.HealthListResponse );
  rpc Watch ( .grpc.health.v1.HealthCheckRequest ) returns ( stream .grpc.health.v1.HealthCheckResponse );
}
"""

DESCRIBED_REQUEST = """\
scoring.v1.ScoreRequest is a message:
message ScoreRequest {
  string endpoint = 1;
  map<string, .scoring.v1.Table> inputs = 2;
  map<string, .google.protobuf.Value> global_parameters = 3;
}
"""


def use_grpcurl(grpcurl, address):
    check = [address, "grpc.health.v1.Health/Check"]
    score = [address, "scoring.v1.ScoringService/Score"]

    def out(*arguments):
        return run([grpcurl, "-plaintext", *arguments])[0]

    expect(out(address, "list"), "\n".join(SERVICES) + "\n", "grpcurl list")
    expect(out(address, "describe", "grpc.health.v1.Health"), DESCRIBED, "grpcurl, a service")
    expect(out(address, "describe", "scoring.v1.ScoreRequest"), DESCRIBED_REQUEST,
           "grpcurl, a message")
    scored = out("-d", json.dumps(flower()), *score)
    expect(label_of(json.loads(scored)), ["setosa"], "grpcurl, Score")
    expect(out(*check), '{\n  "status": "SERVING"\n}\n', "grpcurl, Check")
    # grpcurl ends with 64 and the code: UNAUTHENTICATED, NOT_FOUND.
    run([grpcurl, "-plaintext", "-d", json.dumps(flower("Unauthorized")), *score], 80)
    expect(out("-d", '{"service":"iris"}', *check), '{\n  "status": "NOT_SERVING"\n}\n',
           "grpcurl, Check of an endpoint whose key is refused")
    _, said = run([grpcurl, "-plaintext", "-d", '{"service":"irs"}', *check], 69)
    for word in ["NotFound", "did you mean 'iris'?", "ENDPOINT_NOT_FOUND"]:
        expect(word in said, True, f"grpcurl, Check of an unknown name says {word}\n{said}")
    print("grpcurl: as expected")


def use_probe(probe, address):
    def said(exit_code, *arguments):
        return run([probe, f"-addr={address}", *arguments], exit_code)[1]

    expect(said(0), "status: SERVING\n", "grpc-health-probe")
    expect(said(0, "-service=scoring.v1.ScoringService"), "status: SERVING\n",
           "grpc-health-probe, a service")
    # The tool's own codes: 4 for an answer that is not SERVING, 3 for a call that failed.
    expect(said(4, "-service=iris"), 'service unhealthy (responded with "NOT_SERVING")\n',
           "grpc-health-probe, a refused key")
    expect(said(3, "-service=no.Such"),
           "error: health rpc failed: rpc error: code = NotFound desc = no endpoint and no service "
           "has that name; List tells which there are\n", "grpc-health-probe, unknown")
    print("grpc-health-probe: as expected")


def main():
    scoregate, work = sys.argv[1], pathlib.Path(sys.argv[2])
    with Server([scoregate, "emulator", "--address", "127.0.0.1:0"]) as emulator:
        config = write_config(work, emulator.address)
        with Server([scoregate, "serve", "--config", str(config)]) as gateway:
            use_grpcio(gateway.address)
            if len(sys.argv) > 3:
                tools = pathlib.Path(sys.argv[3])
                use_grpcurl(str(tools / "grpcurl"), gateway.address)
                use_probe(str(tools / "grpc-health-probe"), gateway.address)


if __name__ == "__main__":
    main()
