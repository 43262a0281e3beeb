#include "tests/translation/invariants/samples.h"

#include <cstdint>
#include <optional>

#include "gateway/errorbody/read.h"
#include "tests/translation/generated.h"

namespace scoregate::translation {
namespace {

constexpr std::uint64_t kSeed = 20261124;

errorbody::ReportedError ReadMutated(Generator& generator, http::UpstreamKind kind) {
  http::HttpResponse response;
  response.status = generator.Status();
  response.body = generator.Body();
  if (generator.OneIn(4)) response.headers.Add("retry-after", "3");
  if (generator.OneIn(4)) response.headers.Add("ms-azureml-model-error-statuscode", "500");
  return errorbody::Read(response, kind, std::nullopt);
}

// Half of the errors are made, half are read out of mutated bodies.
std::vector<Sample> MakeSamples() {
  Generator generator(kSeed);
  std::vector<Sample> samples(kRounds);
  for (int round = 0; round < kRounds; ++round) {
    Sample& sample = samples[static_cast<std::size_t>(round)];
    http::UpstreamKind kind = generator.Kind();
    std::size_t before = generator.secrets().size();
    sample.error = round % 2 == 0 ? generator.Error(kind) : ReadMutated(generator, kind);
    sample.secrets.assign(generator.secrets().begin() + static_cast<std::ptrdiff_t>(before),
                          generator.secrets().end());
    sample.facts = generator.Facts(kind);
    sample.translation = Translate(sample.error, sample.facts);
  }
  return samples;
}

}  // namespace

const std::vector<Sample>& Samples() {
  static const std::vector<Sample> samples = MakeSamples();
  return samples;
}

std::string Metadata(const Sample& sample, const char* key) {
  return MetadataOf(sample.translation.Status(), key);
}

}  // namespace scoregate::translation
