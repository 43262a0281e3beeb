// Every attack at small scale against a real gateway: exact endings, while an innocent caller is
// served. Figures are those of `./dev hostile`; here only bounds that cannot flake are demanded.
#include <gtest/gtest.h>

#include <cctype>
#include <chrono>
#include <memory>
#include <ostream>

#include "tests/hostile/measure.h"

namespace scoregate::hostile {

void PrintTo(const Attack& attack, std::ostream* out) {
  *out << attack.name << " (" << attack.stands_for << ")";
}

namespace {

using namespace std::chrono_literals;

constexpr Scale kSmall{.connections = 3, .many_connections = 200};

class Hostile : public testing::TestWithParam<Attack> {
 protected:
  static void SetUpTestSuite() {
    RaiseFileLimit();
    target_ = std::make_unique<Target>();
    innocent_ = std::make_unique<Innocent>(target_->address(), 5ms);
  }
  static void TearDownTestSuite() {
    innocent_.reset();
    target_.reset();
  }

  static std::unique_ptr<Target> target_;
  static std::unique_ptr<Innocent> innocent_;
};

std::unique_ptr<Target> Hostile::target_;
std::unique_ptr<Innocent> Hostile::innocent_;

TEST_P(Hostile, EndsAsItMustAndOthersAreServed) {
  std::size_t failures = innocent_->failures();
  Cost cost = MeasureCost(GetParam(), *target_, kSmall, 0ms);
  EXPECT_EQ(cost.ending, GetParam().ending);
  EXPECT_EQ(innocent_->failures(), failures) << innocent_->failure();
  ASSERT_TRUE(target_->runs()) << "the gateway died";
}

std::string NameOf(const testing::TestParamInfo<Attack>& info) {
  std::string name;
  for (const char* c = info.param.name; *c != 0; ++c) {
    if (std::isalnum(static_cast<unsigned char>(*c)) != 0) {
      name += *c;
    } else if (!name.ends_with('_')) {
      name += '_';
    }
  }
  return name;
}

INSTANTIATE_TEST_SUITE_P(Table, Hostile, testing::ValuesIn(AllAttacks()), NameOf);

}  // namespace
}  // namespace scoregate::hostile
