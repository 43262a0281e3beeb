"""The gateway before model servers that this project did not write: Microsoft's
azureml-inference-server-http, which runs inside online endpoints, and MLServer.

    model_servers.py SCOREGATE WORK_FOLDER AZMLINFSRV_VENV MLSERVER_VENV

Starts each on a loopback port, calls it through the gateway with unmodified grpcio, and compares
every result and every Status. Prints one line a server and ends with 1 where anything differs.
"""

import math
import os
import pathlib
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import grpc
from google.rpc import code_pb2, error_details_pb2
from grpc_status import rpc_status
from scoring.v1 import scoring_pb2, scoring_pb2_grpc

from programs import Server

LONGEST_START_S = 60
HERE = pathlib.Path(__file__).resolve().parent


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class ModelServer:
    """A server in its own process group, ready once its health page answers."""

    def __init__(self, command, folder, health, environment):
        self.log = open(folder / "server.log", "w")
        self.process = subprocess.Popen(command, cwd=folder, stdout=self.log, stderr=self.log,
                                        env={**os.environ, **environment}, start_new_session=True)
        end = time.monotonic() + LONGEST_START_S
        while True:
            try:
                urllib.request.build_opener(urllib.request.ProxyHandler({})).open(health, timeout=2)
                return
            except OSError:
                if time.monotonic() > end or self.process.poll() is not None:
                    self.__exit__()
                    raise SystemExit(f"{command[0]} did not start; see {folder}/server.log")
                time.sleep(0.3)

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait(timeout=30)
        self.log.close()


def version_of(venv, package):
    out = subprocess.run([venv / "bin" / "pip", "show", package], capture_output=True, text=True,
                         check=True).stdout
    return next(line.split()[1] for line in out.splitlines() if line.startswith("Version:"))


def score(stub, endpoint, deed):
    """Outputs as {column: values}, or (code, reason, fault, retry, text)."""
    request = scoring_pb2.ScoreRequest(endpoint=endpoint)
    for name, values in (("a", [1, 3]), ("b", [2, 4])):
        column = request.inputs["rows"].columns.add(name=name)
        column.int64s.values.extend(values)
    request.global_parameters["do"].string_value = deed
    try:
        response = stub.Score(request, timeout=30)
    except grpc.RpcError as error:
        return failure(error)
    table = response.outputs["output"]
    return {c.name: list(getattr(c, c.WhichOneof("values")).values) for c in table.columns}


def score_raw(stub, endpoint, body):
    request = scoring_pb2.ScoreRawRequest(endpoint=endpoint)
    request.body.data = body
    try:
        return stub.ScoreRaw(request, timeout=30).data
    except grpc.RpcError as error:
        return failure(error)


def failure(error):
    status = rpc_status.from_call(error)
    info = error_details_pb2.ErrorInfo()
    retry = False
    for detail in status.details:
        detail.Unpack(info)
        retry = retry or detail.Is(error_details_pb2.RetryInfo.DESCRIPTOR)
    return (code_pb2.Code.Name(status.code), info.reason, info.metadata["faultDomain"], retry,
            status.message)


def same(found, expected):
    if isinstance(expected, dict):
        return isinstance(found, dict) and found.keys() == expected.keys() and all(
            len(found[k]) == len(v) and all(x == y or (math.isnan(x) and math.isnan(y))
                                            for x, y in zip(found[k], v))
            for k, v in expected.items())
    if isinstance(expected, bytes):
        return isinstance(found, bytes) and expected in found
    return isinstance(found, tuple) and found[:4] == expected[:4] and expected[4] in found[4]


NAN, INF = math.nan, math.inf
# What the script does, and what the caller gets. The server stands alone, as it does behind a
# Kubernetes endpoint; a managed one would put its failures into a 424.
AZMLINFSRV = {
    "list": {"output": [3, 7]},
    "lists": {"output_0": [3, 7], "output_1": [-1.5, -1.5]},
    "objects": {"sum": [3, 7], "odd": [True, True]},
    "nan": {"output": [NAN, NAN]},
    "infinity": {"output": [INF, -INF]},
    "dumps": {"result": [3, 7]},
    "raise": ("INTERNAL", "UPSTREAM_HTTP_500", "MODEL", False, "error occurred in scoring script"),
    "response": ("FAILED_PRECONDITION", "UPSTREAM_HTTP_OTHER_4XX", "CALLER", False,
                 "short and stout"),
    "unserialisable": ("INTERNAL", "UPSTREAM_HTTP_500", "UPSTREAM", False, "internal error"),
    "exit": ("UNKNOWN", "INTERMEDIARY_RESPONSE", "UPSTREAM", False, "Internal Server Error"),
    "kill": ("UNAVAILABLE", "UPSTREAM_CONNECTION_RESET", "UPSTREAM", True, "broke before"),
}


def gateway(scoregate, work, endpoints):
    config = work / "servers.yaml"
    config.write_text("listeners:\n- address: 127.0.0.1:0\nendpoints:\n" + endpoints)
    return Server([scoregate, "serve", "--config", str(config)])


def report(name, cases):
    findings = [f"{name}, {case}: {found} is not {expected}" for case, found, expected in cases
                if not same(found, expected)]
    for finding in findings:
        print(finding)
    print(f"{name}: {len(cases)} calls, {len(findings)} differ")
    return len(findings)


def azmlinfsrv(scoregate, work, venv):
    folder = work / "azmlinfsrv"
    folder.mkdir(exist_ok=True)
    port = free_port()
    command = [venv / "bin" / "azmlinfsrv", "--entry_script", HERE / "scoring_script.py", "--port",
               str(port)]
    url = f"http://127.0.0.1:{port}"
    endpoints = (f"- {{name: model, dialect: ONLINE_ENDPOINT, url: \"{url}/score\", "
                 "request_shape: DATA}\n"
                 f"- {{name: lost, dialect: ONLINE_ENDPOINT, url: \"{url}/nothing-here\"}}\n")
    environment = {"AML_APP_ROOT": str(folder), "PATH": f"{venv}/bin:{os.environ['PATH']}"}
    with ModelServer(command, folder, url, environment), gateway(scoregate, work, endpoints) as g:
        with grpc.insecure_channel(g.address) as channel:
            stub = scoring_pb2_grpc.ScoringServiceStub(channel)
            cases = [(deed, score(stub, "model", deed), expected)
                     for deed, expected in AZMLINFSRV.items()]
            again = ("after its worker was killed", score(stub, "model", "list"),
                     AZMLINFSRV["list"])
            broken = ("a body that is no JSON", score_raw(stub, "model", b"{"),
                      AZMLINFSRV["raise"])
            lost = ("a path that is not there", score_raw(stub, "lost", b"{}"),
                    ("NOT_FOUND", "UPSTREAM_HTTP_404", "CALLER", False, "not found"))
    name = "azureml-inference-server-http " + version_of(venv, "azureml-inference-server-http")
    return report(name, cases + [again, broken, lost])


MLSERVER_MODEL = '''
from mlserver import MLModel
from mlserver.codecs import NumpyCodec


class Sums(MLModel):
    async def predict(self, payload):
        rows = NumpyCodec.decode_input(payload.inputs[0])
        if rows.shape[1] != 2:
            raise ValueError("two columns, please")
        from mlserver.types import InferenceResponse
        return InferenceResponse(model_name=self.name,
                                 outputs=[NumpyCodec.encode_output("sums", rows.sum(axis=1))])
'''


def tensors(rows):
    flat = ",".join(str(x) for row in rows for x in row)
    return (f'{{"inputs":[{{"name":"x","shape":[{len(rows)},{len(rows[0])}],"datatype":"FP64",'
            f'"data":[{flat}]}}]}}').encode()


def mlserver(scoregate, work, venv):
    folder = work / "mlserver"
    folder.mkdir(exist_ok=True)
    ports = [free_port() for _ in range(3)]
    (folder / "sums.py").write_text(MLSERVER_MODEL)
    (folder / "settings.json").write_text(
        f'{{"host":"127.0.0.1","http_port":{ports[0]},"grpc_port":{ports[1]},'
        f'"metrics_port":{ports[2]},"parallel_workers":0}}')
    (folder / "model-settings.json").write_text('{"name":"sums","implementation":"sums.Sums"}')
    url = f"http://127.0.0.1:{ports[0]}/v2/models"
    endpoints = (f"- {{name: model, dialect: OPAQUE, url: \"{url}/sums/infer\"}}\n"
                 f"- {{name: lost, dialect: OPAQUE, url: \"{url}/nobody/infer\"}}\n")
    command = [venv / "bin" / "mlserver", "start", "."]
    health = f"http://127.0.0.1:{ports[0]}/v2/health/ready"
    with ModelServer(command, folder, health, {}), gateway(scoregate, work, endpoints) as g:
        with grpc.insecure_channel(g.address) as channel:
            stub = scoring_pb2_grpc.ScoringServiceStub(channel)
            cases = [
                ("sums", score_raw(stub, "model", tensors([[1, 2], [3, 4]])), b'"data":[3.0,7.0]'),
                ("a model that raises", score_raw(stub, "model", tensors([[1]])),
                 # In plain text, which nothing tells from a proxy's.
                 ("UNKNOWN", "INTERMEDIARY_RESPONSE", "UPSTREAM", False, "two columns, please")),
                ("a model that is not there", score_raw(stub, "lost", tensors([[1, 2]])),
                 ("NOT_FOUND", "UPSTREAM_HTTP_404", "CALLER", False, "nobody")),
                ("a body of another shape", score_raw(stub, "model", b'{"rows":[[1,2]]}'),
                 ("INVALID_ARGUMENT", "UPSTREAM_HTTP_422", "CALLER", False, "required")),
            ]
    return report("MLServer " + version_of(venv, "mlserver"), cases)


def main():
    scoregate, work = sys.argv[1], pathlib.Path(sys.argv[2])
    differ = azmlinfsrv(scoregate, work, pathlib.Path(sys.argv[3]))
    differ += mlserver(scoregate, work, pathlib.Path(sys.argv[4]))
    raise SystemExit(1 if differ else 0)


if __name__ == "__main__":
    main()
