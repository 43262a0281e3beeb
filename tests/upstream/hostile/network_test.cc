// The table of faults of the network, played over the network that SCOREGATE_TOXIPROXY names: the
// address of Toxiproxy's API, or our own proxy where it is not set.
#include "tests/upstream/hostile/network.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <set>

#include "tests/upstream/hostile/toxiproxy.h"

namespace scoregate::upstream::hostile {
namespace {

std::unique_ptr<support::FaultyNetwork> Make(std::uint16_t server_port) {
  const char* api = std::getenv("SCOREGATE_TOXIPROXY");
  if (api != nullptr) return std::make_unique<Toxiproxy>(api, server_port);
  return std::make_unique<support::FaultProxy>(server_port);
}

TEST(Network, LeadsToWhatTheTableSays) {
  const std::vector<NetworkRow>& rows = NetworkRows();
  const Trust trust;
  std::vector<Found> found(2 * rows.size());
  RunAtOnce(found.size(), [&](std::size_t i) {
    Hurry hurry = i % 2 == 0 ? Hurry::kNone : Hurry::kDeadline;
    found[i] = PlayNetwork(rows[i / 2], hurry, trust, Make);
  });
  for (std::size_t i = 0; i < found.size(); ++i) {
    const NetworkRow& row = rows[i / 2];
    const Expected& expected = i % 2 == 0 ? row.patient : row.hurried;
    std::string name =
        ToxicName(row.toxic) + " " + PhaseName(row.phase) + (i % 2 == 0 ? "" : ", with a deadline");
    EXPECT_THAT(found[i].outcome, testing::StartsWith(expected.outcome)) << name;
    EXPECT_EQ(found[i].status, expected.status) << name;
    EXPECT_EQ(RetryName(found[i].retry), RetryName(expected.retry)) << name;
    EXPECT_EQ(found[i].connection, FateName(expected.fate)) << name;
  }
}

TEST(Network, HasARowForEveryToxicInEveryPhase) {
  std::set<std::pair<support::ToxicKind, Phase>> seen;
  for (const NetworkRow& row : NetworkRows()) seen.emplace(row.toxic, row.phase);
  EXPECT_EQ(seen.size(), 8u * 6u);
  EXPECT_EQ(NetworkRows().size(), 8u * 6u);
}

}  // namespace
}  // namespace scoregate::upstream::hostile
