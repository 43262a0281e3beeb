// The model against scikit-learn: all 150 flowers, every probability.
#include "gateway/emulator/iris_model.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace scoregate::emulator {
namespace {

struct Sample {
  Flower flower = {};
  std::string species;
  std::array<double, kSpecies> probabilities = {};
};

std::vector<Sample> Samples() {
  std::vector<Sample> samples;
  std::ifstream file(IRIS_PREDICTIONS);
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) continue;
    std::istringstream cells(line);
    Sample sample;
    for (double& value : sample.flower) cells >> value;
    cells >> sample.species;
    for (double& value : sample.probabilities) cells >> value;
    EXPECT_FALSE(cells.fail()) << line;
    samples.push_back(sample);
  }
  return samples;
}

TEST(IrisModel, GivesEveryFlowerTheProbabilitiesOfScikitLearn) {
  const auto samples = Samples();
  ASSERT_EQ(samples.size(), 150u);
  for (const Sample& sample : samples) {
    const Prediction prediction = Predict(sample.flower, kDefaultTemperature);
    EXPECT_EQ(kSpeciesNames[prediction.species], sample.species);
    for (std::size_t i = 0; i < kSpecies; ++i) {
      EXPECT_NEAR(prediction.probabilities[i], sample.probabilities[i], 1e-9);
    }
  }
}

TEST(IrisModel, TemperatureFlattensAndSteepensButDoesNotChangeTheLabel) {
  for (const Sample& sample : Samples()) {
    const Prediction plain = Predict(sample.flower, 1.0);
    const Prediction flat = Predict(sample.flower, kMaxTemperature);
    const Prediction steep = Predict(sample.flower, kMinTemperature);
    EXPECT_EQ(flat.species, plain.species);
    EXPECT_EQ(steep.species, plain.species);
    EXPECT_LT(flat.probabilities[plain.species], plain.probabilities[plain.species]);
    EXPECT_GE(steep.probabilities[plain.species], plain.probabilities[plain.species]);
  }
}

TEST(IrisModel, StaysFiniteAtTheEdgesOfWhatARequestMayHold) {
  constexpr double kLimit = 100'000;
  for (const double sign : {1.0, -1.0}) {
    const Flower flower = {sign * kLimit, -sign * kLimit, sign * kLimit, kLimit};
    const Prediction prediction = Predict(flower, kMinTemperature);
    double sum = 0;
    for (const double chance : prediction.probabilities) sum += chance;
    EXPECT_DOUBLE_EQ(sum, 1.0);
  }
}

}  // namespace
}  // namespace scoregate::emulator
