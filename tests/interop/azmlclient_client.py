"""The azmlclient package, a client of Azure ML Studio (classic) by a third party, against the
emulator: request-response in both formats, and batch jobs, which no other client here speaks.

    azmlclient_client.py SCOREGATE

Without any change to the package. Its dependency autoclass cannot decorate a class on Python 3.8
and later: it changes __bases__, which Python refuses, and falls back on a member that only Python 2
has. The decorator adds dict access to the package's configuration classes, which nothing here uses,
so that it is left away. Ends with 1 where anything differs.
"""

import contextlib
import importlib.metadata
import io
import sys
import time
import warnings

from programs import Server

warnings.filterwarnings("ignore")
import autoclass  # noqa: E402

autoclass.autodict = lambda decorated: decorated
from azmlclient.base import (AzmlException, BatchClient, JobExecutionException,  # noqa: E402
                             IllegalJobStateException, RequestResponseClient)
import pandas  # noqa: E402

KEY = "any-key"
LONGEST_JOB_S = 30
FLOWERS = pandas.DataFrame({"sepal length": [5.1, 6.7], "sepal width": [3.5, 3.0],
                            "petal length": [1.4, 5.2], "petal width": [0.2, 2.3]})


def error_of(kind, call, *arguments):
    """What the package raises. It also prints what it got, which is nothing for the log."""
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            call(*arguments)
    except kind as error:
        return f"{kind.__name__}: {error}"
    return "no error"


class Jobs:
    """Batch jobs of one service, by the package's own steps."""

    def __init__(self, url):
        self.url = url
        self.client = BatchClient()

    def start(self, **parameters):
        place = {"ConnectionString": "AccountName=a;AccountKey=b", "RelativeLocation": "c/in.csv"}
        body = self.client.create_request_body(
            {"input1": place}, parameters, {"output1": dict(place, RelativeLocation="c/out.csv")})
        job = self.client.execute_batch_createJob(self.url, KEY, body)
        self.client.execute_batch_startJob(self.url, KEY, job)
        return job

    def state(self, job):
        return self.client.execute_batch_getJobStatusOrResult(self.url, KEY, job)

    def result(self, job):
        """What the package reads of a job that has ended; it raises for one that went wrong."""
        end = time.monotonic() + LONGEST_JOB_S
        while time.monotonic() < end:
            results = self.client.read_status_or_result(self.state(job))
            if results:
                return results
            time.sleep(0.05)
        return f"not done after {LONGEST_JOB_S} s"

    def cancel(self, job):
        self.client.execute_batch_deleteJob(self.url, KEY, job)


def main():
    findings = []

    def expect(what, found, expected):
        if expected not in str(found):
            findings.append(f"{what}: {found!r} has no {expected!r}")

    with Server([sys.argv[1], "emulator", "--address", "127.0.0.1:0"]) as emulator:
        url = f"http://{emulator.address}/workspaces/ws/services/iris"
        for swagger in (False, True):
            client = RequestResponseClient(use_swagger_format=swagger)
            body = client.create_request_body({"input1": FLOWERS}, {})
            answer = client.read_response_json_body(client.execute_rr(url, KEY, body), ["output1"])
            expect(f"two flowers, format=swagger {swagger}",
                   list(answer["output1"]["Scored Labels"]), "['setosa', 'virginica']")
        body = client.create_request_body({"input1": FLOWERS}, {"raise": "Unauthorized"})
        expect("an error", error_of(AzmlException, client.execute_rr, url, KEY, body),
               '"code": "Unauthorized"')

        jobs = Jobs(url)
        results = jobs.result(jobs.start(runtime_ms=1))
        expect("where the output of a finished job lies",
               results["output1"]["RelativeLocation"] if "output1" in results else results,
               "c/out.csv")
        failed = jobs.start(runtime_ms=1, **{"raise": "job/module-error"})
        expect("a failed job", error_of(JobExecutionException, jobs.result, failed), "Module")
        slow = jobs.start(runtime_ms=600_000)
        expect("a running job", jobs.state(slow), "Running")
        jobs.cancel(slow)
        expect("a cancelled job", error_of(IllegalJobStateException, jobs.result, slow), "state")
        expect("no such job", error_of(AzmlException, jobs.state, "0123456789abcdef"),
               '"code": "NotFound"')
    for finding in findings:
        print(finding)
    print(f"azmlclient {importlib.metadata.version('azmlclient')}: 2 scored, 3 jobs, 4 errors met, "
          f"{len(findings)} differ")
    raise SystemExit(1 if findings else 0)


if __name__ == "__main__":
    main()
