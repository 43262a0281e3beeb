// Faults of the network: eight toxics in six phases of a call, with and without a deadline.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/fault_proxy.h"
#include "tests/upstream/hostile/play.h"

namespace scoregate::upstream::hostile {

/// Where a call is when the network turns bad.
enum class Phase { kConnect, kHandshake, kRequest, kHead, kBody, kBetweenCalls };

/// What is expected. `outcome` is how the outcome begins: how a connection ended in the end is the
/// network's doing.
struct NetworkRow {
  support::ToxicKind toxic;
  Phase phase;
  Expected patient;  ///< Where the caller has time.
  Expected hurried;  ///< Where its deadline comes before the toxic is through.
};

/// 48 rows, each for two calls.
const std::vector<NetworkRow>& NetworkRows();

std::string ToxicName(support::ToxicKind kind);
std::string PhaseName(Phase phase);

enum class Hurry { kNone, kDeadline };

/// Makes the network in front of a server's port.
using MakeNetwork =
    std::function<std::unique_ptr<support::FaultyNetwork>(std::uint16_t server_port)>;

/// Makes the row's call over a network that turns bad in its phase.
Found PlayNetwork(const NetworkRow& row, Hurry hurry, const Trust& trust, const MakeNetwork& make);

}  // namespace scoregate::upstream::hostile
