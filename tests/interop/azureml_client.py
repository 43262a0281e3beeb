"""The azureml package, written for Azure ML Studio (classic), against the emulator: it proves that
the emulator speaks the contract that clients of the real service were written for.

    azureml_client.py SCOREGATE

Scores flowers and meets errors without any change to the package. Ends with 1 where anything
differs.
"""

import importlib.metadata
import sys
import warnings

from programs import Server

warnings.filterwarnings("ignore")
from azureml import services  # noqa: E402  (it warns while it is imported)


def service(url, key="any-key"):
    """A function of the four measurements that calls the service at that URL; the package takes the
    columns' names from its parameters."""

    @services.service(url, key)
    @services.dataframe_service(sepal_length=float, sepal_width=float,
                                petal_length=float, petal_width=float)
    def iris(sepal_length, sepal_width, petal_length, petal_width):
        raise AssertionError("the package calls the service instead")

    return iris


def error_of(call, *arguments):
    try:
        call(*arguments)
    except (RuntimeError, ValueError) as error:
        return f"{type(error).__name__}: {error}"
    return "no error"


def main():
    findings = []

    def expect(what, found, expected):
        if expected not in str(found):
            findings.append(f"{what}: {found!r} has no {expected!r}")

    with Server([sys.argv[1], "emulator", "--address", "127.0.0.1:0"]) as emulator:
        base = f"http://{emulator.address}/workspaces/ws/services/iris/execute"
        iris = service(base + "?api-version=2.0&details=true")
        flower = iris(5.1, 3.5, 1.4, 0.2)
        expect("a flower", flower, "'Scored Labels': 'setosa'")
        chance = flower['Scored Probabilities for Class "setosa"']
        if not isinstance(chance, float) or not 0.9 < chance <= 1:
            findings.append(f"a probability by its ColumnTypes: {chance!r}")
        labels = [row["Scored Labels"] for row in
                  iris.map([5.1, 6.7], [3.5, 3.0], [1.4, 5.2], [0.2, 2.3])]
        expect("two flowers", labels, "['setosa', 'virginica']")

        # The package shows a detail's own message for these two classes, else the whole body.
        expect("no key", error_of(service(base + "?api-version=2.0", ""), 1, 1, 1, 1),
               "RuntimeError: The request carries no key")
        expect("another version", error_of(service(base + "?api-version=9.9"), 1, 1, 1, 1),
               "'code': 'BadVersionCall'")
        expect("a word for a number", error_of(iris, "wide", 1, 1, 1), "InputParseError")
    for finding in findings:
        print(finding)
    print(f"azureml {importlib.metadata.version('azureml')}: 3 scored, 3 errors met, "
          f"{len(findings)} differ")
    raise SystemExit(1 if findings else 0)


if __name__ == "__main__":
    main()
