"""Unmodified grpcio with grpcio-status against emulator and gateway as a user would start them.

    grpcio_client.py SCOREGATE WORK_FOLDER

Scores rows, then raises every documented error and reads its details with grpcio-status's own
helper. Prints one line a suite and ends with 1 where anything differs.
"""

import pathlib
import sys

import grpc
from google.rpc import code_pb2, error_details_pb2
from grpc_status import rpc_status
from programs import Server, write_config
from scoring.v1 import errors_pb2, errors_pb2_grpc, scoring_pb2, scoring_pb2_grpc

IRIS = ["sepal length", "sepal width", "petal length", "petal width"]


# The gateway makes windows narrow while much is held of requests that are not whole.
LARGE_CALLS, LARGE_ROWS = 32, 20_000


def score_request(raise_name=None, rows=1):
    request = scoring_pb2.ScoreRequest(endpoint="iris")
    table = request.inputs["input1"]
    for name, value in zip(IRIS, [5.1, 3.5, 1.4, 0.2]):
        column = table.columns.add(name=name)
        column.doubles.values.extend([value] * rows)
    if raise_name:
        request.global_parameters["raise"].string_value = raise_name
    return request


def check_score(stub):
    response = stub.Score(score_request(), timeout=10)
    columns = {c.name: c for c in response.outputs["output1"].columns}
    label = columns["Scored Labels"].strings.values[0]
    assert label == "setosa", label
    return 1


def check_large(stub):
    """Large calls at once on one connection: all are answered whole."""
    request = score_request(rows=LARGE_ROWS)
    for call in [stub.Score.future(request, timeout=60) for _ in range(LARGE_CALLS)]:
        columns = {c.name: c for c in call.result().outputs["output1"].columns}
        labels = columns["Scored Labels"].strings.values
        assert len(labels) == LARGE_ROWS, len(labels)
    return LARGE_CALLS


def check_row(stub, row):
    """One documented error: the code, reason and details that the catalogue promises."""
    name = row.error_class + ("/" + row.error_code if row.error_code else "")
    try:
        stub.Score(score_request(name), timeout=10, metadata=[("x-scoregate-debug", "1")])
    except grpc.RpcError as error:
        status = rpc_status.from_call(error)
    else:
        return f"{name}: no error came"
    if status is None:
        return f"{name}: no details came"
    details = {d.type_url.rsplit(".", 1)[1]: d for d in status.details}
    info = error_details_pb2.ErrorInfo()
    if "ErrorInfo" not in details or not details["ErrorInfo"].Unpack(info):
        return f"{name}: no ErrorInfo"
    found = (status.code, info.reason, "RetryInfo" in details, info.metadata["upstreamClass"],
             info.metadata.get("upstreamCode", ""))
    expected = (row.code, row.reason, row.retryable, row.error_class, row.error_code)
    if found != expected:
        return f"{name}: {found} is not {expected}"
    # A class without a code names no field, so it has no BadRequest, though its codes have.
    due = [kind for kind in row.details if row.error_code or kind != "BadRequest"]
    missing = [kind for kind in due if kind not in details]
    upstream = errors_pb2.UpstreamError()
    if missing or not details["UpstreamError"].Unpack(upstream):
        return f"{name}: missing {missing}"
    if upstream.http_status != row.http_status:
        return f"{name}: UpstreamError says {upstream.http_status}"
    return None


def main():
    scoregate, work = sys.argv[1], pathlib.Path(sys.argv[2])
    with Server([scoregate, "emulator", "--address", "127.0.0.1:0"]) as emulator:
        config = write_config(work, emulator.address)
        with Server([scoregate, "serve", "--config", str(config)]) as gateway:
            with grpc.insecure_channel(gateway.address) as channel:
                scoring = scoring_pb2_grpc.ScoringServiceStub(channel)
                errors = errors_pb2_grpc.ErrorCatalogServiceStub(channel)
                passed = check_score(scoring) + check_large(scoring)
                rows = errors.ListReasons(errors_pb2.ListReasonsRequest()).reasons
                findings = [f for f in (check_row(scoring, row) for row in rows) if f]
    for finding in findings:
        print(finding)
    codes = {code_pb2.Code.Name(row.code) for row in rows}
    print(f"grpcio {grpc.__version__}: {passed} scored, {len(rows)} errors raised with "
          f"{len(codes)} codes, {len(findings)} differ")
    if findings or len(rows) != 128:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
