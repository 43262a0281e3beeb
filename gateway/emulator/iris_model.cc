// The fitted coefficients, and the softmax over them.
#include "gateway/emulator/iris_model.h"

#include <algorithm>
#include <cmath>

namespace scoregate::emulator {
namespace {

// fit_iris.py writes from here
// clang-format off
constexpr std::array<std::array<double, kMeasurements>, kSpecies> kWeights = {{
    {{-0.42350553807794267, 0.9673498593452036, -2.5171537411657474, -1.0793360613631535}},
    {{0.5344595534288595, -0.32158870656154626, -0.20639182962950564, -0.9442973969773316}},
    {{-0.11095401535091098, -0.6457611527836576, 2.7235455707952596, 2.023633458340492}},
}};
constexpr std::array<double, kSpecies> kBiases = {{
    9.849549877713894,
    2.237216694273421,
    -12.086766571986708}};
// clang-format on
// to here

}  // namespace

Prediction Predict(const Flower& flower, double temperature) {
  Prediction prediction;
  auto& chances = prediction.probabilities;
  for (std::size_t species = 0; species < kSpecies; ++species) {
    double score = kBiases[species];
    for (std::size_t i = 0; i < kMeasurements; ++i) score += kWeights[species][i] * flower[i];
    chances[species] = score / temperature;
  }
  const auto likeliest = std::max_element(chances.begin(), chances.end());
  prediction.species = static_cast<std::size_t>(likeliest - chances.begin());
  // The highest score is taken off first, so that exp() cannot overflow.
  const double highest = *likeliest;
  double sum = 0;
  for (double& chance : chances) sum += chance = std::exp(chance - highest);
  for (double& chance : chances) chance /= sum;
  return prediction;
}

}  // namespace scoregate::emulator
