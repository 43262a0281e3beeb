// hostile: all attacks at full scale, with the figures of both sides. Loopback only; ends only what
// it started.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "tests/hostile/report.h"

namespace scoregate::hostile {
namespace {

using std::chrono::milliseconds;

struct Options {
  std::size_t rounds = 3;
  std::size_t connections = 10'000;
  std::string only;
  std::string page;
};

// How long an attack is played for its cost; one that holds connections is played once.
constexpr milliseconds kFloodTime{500};
constexpr milliseconds kCallsTime{100};
// An innocent caller's calls come this far apart.
constexpr milliseconds kPace{1};
// So many times as long again, and then again, for a row whose p99 rises by more than the bar: of a
// thousand calls the p99 is the tenth largest, which chance moves as much. So for one whose CPU is
// over the bar. All rounds and plays count.
constexpr int kMoreRounds[] = {3, 9, 27};
// Beyond this an innocent caller is not served, whatever the machine does besides.
constexpr int kMostMedianFactor = 20;
// What is no attacker's connection: the upstream's, the innocent's, files.
constexpr std::size_t kOtherFiles = 1000;

struct Run {
  std::vector<Finding> findings;
  bool good = true;

  void Fail(const std::string& why) {
    good = false;
    std::cout << "  failed: " << why << std::endl;
  }
};

Finding Play(const Attack& attack, Target& target, Target& other, const Options& options,
             Run& run) {
  Scale scale;
  scale.many_connections = options.connections;
  Finding finding{attack, {}, {}};
  finding.cost = MeasureCost(attack, target, scale,
                             attack.kind == Kind::kFlood  ? kFloodTime
                             : attack.kind == Kind::kHold ? milliseconds(0)
                                                          : kCallsTime);
  for (int more : kMoreRounds) {
    if (!CostsTooMuch(attack, finding.cost)) break;
    finding.cost.Add(MeasureCost(attack, target, scale, more * kFloodTime));
  }
  if (attack.kind != Kind::kRequest && options.rounds > 0) {
    Innocent innocent(target.address(), kPace);
    LatencyMeter meter(attack, target, other, innocent);
    meter.Play(options.rounds);
    for (int more : kMoreRounds) {
      if (meter.Read().Rise() <= kMostRiseOfP99) break;
      meter.Play(static_cast<std::size_t>(more) * options.rounds);
    }
    finding.latency = meter.Read();
    if (innocent.failures() > 0) run.Fail("an innocent call ended with " + innocent.failure());
    if (finding.latency.under.p50 > kMostMedianFactor * finding.latency.alone.p50) {
      run.Fail("innocent calls are served too slowly");
    }
  }
  if (finding.cost.ending != attack.ending) run.Fail("another ending than it must have");
  if (!target.runs()) run.Fail("the gateway died");
  return finding;
}

int Main(const Options& options) {
  std::size_t files = RaiseFileLimit();
  Options bounded = options;
  if (files < options.connections + kOtherFiles) {
    bounded.connections = files > 2 * kOtherFiles ? files - kOtherFiles : files / 2;
    std::cerr << "hostile: the system allows " << files << " open files, so " << bounded.connections
              << " connections at most\n";
  }
  Target target;
  Target other;
  for (Target* one : {&target, &other}) {
    Field field(one->address(), {});
    WarmUp(field);
  }
  Run run;
  std::cout << TextHead();
  std::vector<Attack> attacks = AllAttacks();
  for (const Attack& heavy : HeavyAttacks()) attacks.push_back(heavy);
  for (const Attack& attack : attacks) {
    if (std::string(attack.name).find(options.only) == std::string::npos) continue;
    run.findings.push_back(Play(attack, target, other, bounded, run));
    std::cout << TextRow(run.findings.back()) << std::flush;
    if (!target.runs()) return 1;
  }
  std::cout << Summary(run.findings) << std::endl;
  if (!std::ranges::all_of(run.findings, MeetsEveryBar)) run.good = false;
  if (!options.page.empty()) {
    std::ofstream(options.page) << Page(run.findings, target.configuration());
  }
  return run.good ? 0 : 1;
}

}  // namespace
}  // namespace scoregate::hostile

int main(int argc, char** argv) {
  scoregate::hostile::Options options;
  CLI::App app("Attacks a gateway of its own on the loopback interface, and measures both sides.");
  app.add_option(
         "--rounds", options.rounds,
         "rounds of half a second without, beside and under each attack; 0 measures no latency")
      ->capture_default_str();
  app.add_option("--connections", options.connections, "most connections open at a time")
      ->capture_default_str()
      ->check(CLI::Range(1, 20'000));
  app.add_option("--only", options.only, "attacks whose name has this text");
  app.add_option("--page", options.page, "write the table as a page in Markdown");
  app.footer("Example: hostile --only flood --rounds 1");
  CLI11_PARSE(app, argc, argv);
  return scoregate::hostile::Main(options);
}
