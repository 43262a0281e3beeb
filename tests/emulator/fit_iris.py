"""Fits the emulator's model and writes what the C++ side needs from it.

Run by hand after a change (needs scikit-learn, which nothing else here does):

    python3 tests/emulator/fit_iris.py

It rewrites the coefficients between the two marks in gateway/emulator/iris_model.cc, and
tests/emulator/iris_predictions.tsv: the 150 flowers with the probabilities that scikit-learn's own
predict_proba gives them, so that the C++ code is compared with an implementation it shares nothing
with.

The data is R. A. Fisher's iris set as scikit-learn ships it (UCI Machine Learning Repository).
"""

import pathlib
import re

import sklearn
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression

HERE = pathlib.Path(__file__).resolve().parent
MODEL = HERE.parent.parent / "gateway" / "emulator" / "iris_model.cc"
PREDICTIONS = HERE / "iris_predictions.tsv"
BEGIN = "// fit_iris.py writes from here\n"
END = "// to here\n"


def main():
    iris = load_iris()
    model = LogisticRegression(C=1.0, solver="lbfgs", tol=1e-10, max_iter=100_000)
    model.fit(iris.data, iris.target)

    lines = ["// clang-format off\n",
             "constexpr std::array<std::array<double, kMeasurements>, kSpecies> kWeights = {{\n"]
    for row in model.coef_:
        lines.append("    {{" + ", ".join(repr(float(value)) for value in row) + "}},\n")
    lines.append("}};\n")
    lines.append("constexpr std::array<double, kSpecies> kBiases = {{\n    ")
    lines.append(",\n    ".join(repr(float(value)) for value in model.intercept_))
    lines.append("}};\n// clang-format on\n")

    source = MODEL.read_text()
    pattern = re.compile(re.escape(BEGIN) + ".*?" + re.escape(END), re.DOTALL)
    source, count = pattern.subn(lambda _: BEGIN + "".join(lines) + END, source)
    if count != 1:
        raise SystemExit(f"{MODEL}: found the two marks {count} times, expected once")
    MODEL.write_text(source)

    with PREDICTIONS.open("w") as out:
        out.write(f"# Fisher's iris data with the probabilities of scikit-learn {sklearn.__version__}"
                  " (fit_iris.py)\n")
        out.write("# sepal length, sepal width, petal length, petal width (cm), predicted species,"
                  " probabilities of setosa, versicolor, virginica\n")
        for row, chosen, chances in zip(iris.data, model.predict(iris.data),
                                        model.predict_proba(iris.data)):
            cells = [repr(float(value)) for value in row]
            cells.append(str(iris.target_names[chosen]))
            cells += [repr(float(value)) for value in chances]
            out.write("\t".join(cells) + "\n")


if __name__ == "__main__":
    main()
