// Ranks names by edit distance (insert, delete, replace), without regard to case.
#include "gateway/emulator/errors/nearest_names.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "gateway/catalogue/catalogue.h"
#include "gateway/emulator/errors/odd_bodies.h"

namespace scoregate::emulator {
namespace {

constexpr std::size_t kSuggestions = 3;
constexpr std::size_t kComparedBytes = 96;

constexpr std::array<std::string_view, 6> kShapes = {"shape/html-502",  "shape/text-500",
                                                     "shape/empty-503", "shape/close",
                                                     "shape/slow=2s",   "status/429"};

std::string Lowered(std::string_view text) {
  std::string out(text.substr(0, kComparedBytes));
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::size_t Distance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> costs(b.size() + 1);
  std::iota(costs.begin(), costs.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = std::exchange(costs[0], i + 1);
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = costs[j + 1];
      costs[j + 1] = std::min({replaced, diagonal + 1, costs[j] + 1});
    }
  }
  return costs.back();
}

struct Candidate {
  std::size_t distance;
  std::string name;
};

// Holds one text against many; `handicap` is added to every distance.
class Yardstick {
 public:
  Yardstick(std::string_view text, std::size_t handicap)
      : text_(Lowered(text)), handicap_(handicap) {}

  std::size_t Of(std::string_view other) const {
    return Distance(text_, Lowered(other)) + handicap_;
  }

 private:
  std::string text_;
  std::size_t handicap_;
};

}  // namespace

std::vector<std::string> NearestNames(std::string_view name) {
  const auto slash = name.find('/');
  const Yardstick whole(name, 0);
  // The code alone, too: it may have come without its class, or under another one.
  const Yardstick code_only(slash == name.npos ? name : name.substr(slash + 1),
                            slash == name.npos ? 0 : 1);
  std::vector<Candidate> candidates;
  for (const auto& row : catalogue::Classes()) {
    candidates.push_back({whole.Of(row.name), std::string(row.name)});
  }
  for (const auto& row : catalogue::Codes()) {
    std::string full = std::string(row.error_class) + "/" + std::string(row.name);
    const std::size_t distance = std::min(whole.Of(full), code_only.Of(row.name));
    candidates.push_back({distance, std::move(full)});
  }
  for (const std::string_view shape : kShapes) {
    candidates.push_back({whole.Of(shape), std::string(shape)});
  }
  for (const OddBody& odd : OddBodies()) {
    std::string full = "shape/" + std::string(odd.name);
    const std::size_t distance = std::min(whole.Of(full), code_only.Of(odd.name));
    candidates.push_back({distance, std::move(full)});
  }
  std::ranges::stable_sort(candidates, {}, &Candidate::distance);
  std::vector<std::string> names;
  for (std::size_t i = 0; i < kSuggestions; ++i) names.push_back(std::move(candidates[i].name));
  return names;
}

}  // namespace scoregate::emulator
