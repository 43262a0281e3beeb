#include "tests/hostile/measure.h"

#include <poll.h>
#include <sched.h>

#include <algorithm>
#include <array>
#include <string>
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

/// While it lives, a process (0: this thread) runs only where no other wants to: in the world it is
/// on another machine, and the caller and the gateway would wait for its slices of time here.
class Background {
 public:
  explicit Background(pid_t pid) : pid_(pid) { Set(SCHED_IDLE); }
  ~Background() { Set(SCHED_OTHER); }
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;

 private:
  void Set(int policy) const {
    sched_param none{};
    sched_setscheduler(pid_, policy, &none);
  }

  pid_t pid_;
};

void Append(const std::vector<Innocent::Microseconds>& samples,
            std::vector<Innocent::Microseconds>& to) {
  to.insert(to.end(), samples.begin(), samples.end());
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

void Cost::Add(const Cost& more) {
  const std::array<std::string, 2> endings = {ending, more.ending};
  ending = Together(endings);
  plays += more.plays;
  gateway += more.gateway;
  attacker += more.attacker;
  rss_per_connection = std::max(rss_per_connection, more.rss_per_connection);
}

double Latency::Rise() const {
  auto without = std::max(alone.p99, beside.p99);
  if (without.count() == 0) return 0;
  return static_cast<double>(under.p99.count()) / static_cast<double>(without.count()) - 1;
}

void LatencyMeter::Play(std::size_t rounds) {
  Background attacker(0);
  Background upstream(target_.attacked_upstream());
  Background other_upstream(other_.attacked_upstream());
  for (std::size_t round = 0; round < rounds; ++round) {
    innocent_.TakeLatencies();
    Pause(kRound);
    Append(innocent_.TakeLatencies(), alone_);
    PlayOn(other_, beside_);
    PlayOn(target_, under_);
  }
}

void LatencyMeter::PlayOn(Target& target, Samples& into) {
  auto until = Peer::Clock::now() + kRound;
  Field field(target.address(), Scale());
  while (Peer::Clock::now() < until) {
    nanoseconds cpu = ThreadCpu();
    auto began = Peer::Clock::now();
    attack_.play(field);
    Pause((ThreadCpu() - cpu) * kAttackersCoresIn - (Peer::Clock::now() - began));
  }
  Append(innocent_.TakeLatencies(), into);
  Pause(kSettle);
  innocent_.TakeLatencies();
}

Latency LatencyMeter::Read() const {
  auto both = [](const Samples& samples) {
    return Percentiles{Quantile(samples, 0.5), Quantile(samples, 0.99)};
  };
  return {both(alone_), both(beside_), both(under_),
          alone_.size() + beside_.size() + under_.size()};
}

}  // namespace scoregate::hostile
