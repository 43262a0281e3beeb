#include "tests/hostile/measure.h"

#include <poll.h>

#include <algorithm>
#include <vector>

namespace scoregate::hostile {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;

constexpr milliseconds kRound{500};
constexpr int kAttackersCoresIn = 4;
// What a closed connection leaves to be done is done by then.
constexpr milliseconds kSettle{30};

void Pause(nanoseconds time) {
  auto whole = std::chrono::ceil<milliseconds>(time).count();
  if (whole > 0) poll(nullptr, 0, static_cast<int>(whole));
}

std::size_t Growth(std::size_t before, std::size_t after) {
  return after > before ? after - before : 0;
}

}  // namespace

Cost MeasureCost(const Attack& attack, Target& target, const Scale& scale, milliseconds time) {
  Cost cost;
  Field field(target.address(), scale);
  target.ResetPeak();
  std::size_t before = target.rss();
  std::size_t held = 0;
  field.on_peak = [&] { held = std::max(held, target.rss()); };
  nanoseconds gateway = target.cpu();
  nanoseconds attacker = ThreadCpu();
  std::vector<std::string> endings;
  auto until = Peer::Clock::now() + time;
  do {
    endings.push_back(attack.play(field));
    ++cost.plays;
  } while (Peer::Clock::now() < until);
  cost.attacker = ThreadCpu() - attacker;
  Pause(kSettle);
  cost.gateway = target.cpu() - gateway;
  cost.ending = Together(endings);
  std::size_t most = held > 0 ? held : target.peak();
  cost.rss_per_connection = Growth(before, most) / field.most_connections();
  return cost;
}

Latency MeasureLatency(const Attack& attack, Target& target, Innocent& innocent,
                       std::size_t rounds) {
  std::vector<Innocent::Microseconds> before;
  std::vector<Innocent::Microseconds> under;
  auto take = [&](std::vector<Innocent::Microseconds>& into) {
    auto taken = innocent.TakeLatencies();
    into.insert(into.end(), taken.begin(), taken.end());
  };
  Scale scale;
  for (std::size_t round = 0; round < rounds; ++round) {
    innocent.TakeLatencies();
    Pause(kRound);
    take(before);
    auto until = Peer::Clock::now() + kRound;
    Field field(target.address(), scale);
    while (Peer::Clock::now() < until) {
      nanoseconds cpu = ThreadCpu();
      auto began = Peer::Clock::now();
      attack.play(field);
      Pause((ThreadCpu() - cpu) * kAttackersCoresIn - (Peer::Clock::now() - began));
    }
    take(under);
    Pause(kSettle);
  }
  return {Quantile(before, 0.5), Quantile(under, 0.5), Quantile(before, 0.99),
          Quantile(under, 0.99), before.size() + under.size()};
}

}  // namespace scoregate::hostile
