"""A scoring script for Microsoft's inference server that does what its input asks for: each thing
that real ones do, well or badly."""

import json
import os
import signal
import sys

from azureml_inference_server_http.api.aml_response import AMLResponse


def init():
    pass


def sums(rows):
    return [sum(row) for row in rows]


DEEDS = {
    "list": sums,
    "lists": lambda rows: [[sum(row), -1.5] for row in rows],
    "objects": lambda rows: [{"sum": sum(row), "odd": sum(row) % 2 == 1} for row in rows],
    "nan": lambda rows: [float("nan") for _ in rows],
    "infinity": lambda rows: [float("inf"), float("-inf")],
    "dumps": lambda rows: json.dumps({"result": sums(rows)}),
    "raise": lambda rows: rows[len(rows)],
    "response": lambda rows: AMLResponse({"message": "short and stout"}, 418, json_str=True),
    "unserialisable": lambda rows: {1, 2},
    "exit": lambda rows: sys.exit(1),
    "kill": lambda rows: os.kill(os.getpid(), signal.SIGKILL),
}


def run(raw):
    request = json.loads(raw)
    return DEEDS[request["do"]](request["data"])
