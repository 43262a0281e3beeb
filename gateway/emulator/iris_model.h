// The emulator's model: multinomial logistic regression that tells three species of iris apart.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace scoregate::emulator {

inline constexpr std::size_t kMeasurements = 4;
inline constexpr std::size_t kSpecies = 3;

/// Names of the measurements, in the model's order; centimeters.
inline constexpr std::array<std::string_view, kMeasurements> kMeasurementNames = {
    "sepal length", "sepal width", "petal length", "petal width"};

inline constexpr std::array<std::string_view, kSpecies> kSpeciesNames = {"setosa", "versicolor",
                                                                         "virginica"};

/// One flower, in centimeters, in the order of kMeasurementNames.
using Flower = std::array<double, kMeasurements>;

/// What the model holds of one flower.
struct Prediction {
  /// The likeliest species, as an index into kSpeciesNames.
  std::size_t species = 0;
  /// Add up to 1.
  std::array<double, kSpecies> probabilities = {};
};

/// How sure the model sounds: the scores are divided by it, so 1 leaves the fitted probabilities,
/// more makes them flatter, less makes them steeper. Never changes which species is likeliest.
inline constexpr double kDefaultTemperature = 1.0;
inline constexpr double kMinTemperature = 0.01;
inline constexpr double kMaxTemperature = 100.0;

/// Expects finite measurements and a temperature within the limits above.
Prediction Predict(const Flower& flower, double temperature);

}  // namespace scoregate::emulator
