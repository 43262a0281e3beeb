// Errors with their translations, made once by a seeded generator, for properties of all of them.
#pragma once

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <vector>

#include "gateway/errorbody/reported_error.h"
#include "gateway/translation/translate.h"
#include "tests/translation/status_text.h"

namespace scoregate::translation {

/// How many samples there are.
inline constexpr int kRounds = 1500;

struct Sample {
  errorbody::ReportedError error;
  CallFacts facts;
  Translation translation;
  std::vector<std::string> secrets;  ///< That stand in the error.
};

const std::vector<Sample>& Samples();

/// Asks each sample until one fails, which is shown.
template <typename Property>
void ForAll(Property property) {
  const std::vector<Sample>& samples = Samples();
  for (std::size_t i = 0; i < samples.size(); ++i) {
    property(samples[i]);
    if (testing::Test::HasFailure()) {
      ADD_FAILURE() << "sample " << i << "\n" << TextOf(samples[i].translation);
      return;
    }
  }
}

/// ErrorInfo.metadata[key] of the sample's translation.
std::string Metadata(const Sample& sample, const char* key);

}  // namespace scoregate::translation
