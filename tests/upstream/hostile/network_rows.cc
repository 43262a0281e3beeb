// The table of faults of the network.
#include "tests/upstream/hostile/network.h"

namespace scoregate::upstream::hostile {
namespace {

using enum Phase;
using enum support::ToxicKind;

Expected Whole() {
  return Good(Fate::kKept);
}

// Ended by the end of the connection, as the answers of the rows of slow_close are.
Expected WholeAtTheEnd() {
  return Good(Fate::kClosed);
}

Expected LateInTheHandshake() {
  Expected expected = Late();
  expected.outcome =
      "timeout: the time for the call ran out while making a TLS handshake with PLACE";
  return expected;
}

Expected NotConnected() {
  return {"connect: could not connect to PLACE: Connection refused",
          "UNAVAILABLE UPSTREAM_UNREACHABLE", Retry::kAlways};
}

}  // namespace

const std::vector<NetworkRow>& NetworkRows() {
  static const Expected kBefore = BrokeBefore("");
  static const Expected kInside = BrokeInside("");
  static const Expected kNoTls = HandshakeFailed("");
  static const std::vector<NetworkRow> rows = {
      {kLatency, kConnect, Whole(), Late()},
      {kLatency, kHandshake, Whole(), LateInTheHandshake()},
      {kLatency, kRequest, Whole(), Late()},
      {kLatency, kHead, Whole(), Late()},
      {kLatency, kBody, Whole(), Late()},
      {kLatency, kBetweenCalls, Whole(), Late()},

      {kDown, kConnect, NotConnected(), NotConnected()},
      {kDown, kHandshake, kNoTls, kNoTls},
      {kDown, kRequest, kBefore, kBefore},
      {kDown, kHead, kBefore, kBefore},
      {kDown, kBody, kInside, kInside},
      {kDown, kBetweenCalls, NotConnected(), NotConnected()},

      {kBandwidth, kConnect, Whole(), Late()},
      {kBandwidth, kHandshake, Whole(), LateInTheHandshake()},
      {kBandwidth, kRequest, Whole(), Late()},
      {kBandwidth, kHead, Whole(), Late()},
      {kBandwidth, kBody, Whole(), Late()},
      {kBandwidth, kBetweenCalls, Whole(), Late()},

      {kSlowClose, kConnect, WholeAtTheEnd(), Late()},
      {kSlowClose, kHandshake, WholeAtTheEnd(), WholeAtTheEnd()},
      {kSlowClose, kRequest, WholeAtTheEnd(), Late()},
      {kSlowClose, kHead, WholeAtTheEnd(), Late()},
      {kSlowClose, kBody, WholeAtTheEnd(), Late()},
      {kSlowClose, kBetweenCalls, WholeAtTheEnd(), Late()},

      {kTimeout, kConnect, kBefore, Late()},
      {kTimeout, kHandshake, kNoTls, LateInTheHandshake()},
      {kTimeout, kRequest, kBefore, Late()},
      {kTimeout, kHead, kBefore, Late()},
      {kTimeout, kBody, kInside, Late()},
      {kTimeout, kBetweenCalls, kBefore, Late()},

      {kResetPeer, kConnect, kBefore, kBefore},
      {kResetPeer, kHandshake, kNoTls, kNoTls},
      {kResetPeer, kRequest, kBefore, kBefore},
      {kResetPeer, kHead, kBefore, kBefore},
      {kResetPeer, kBody, kInside, kInside},
      {kResetPeer, kBetweenCalls, kBefore, kBefore},

      {kSlicer, kConnect, Whole(), Late()},
      {kSlicer, kHandshake, Whole(), LateInTheHandshake()},
      {kSlicer, kRequest, Whole(), Late()},
      {kSlicer, kHead, Whole(), Late()},
      {kSlicer, kBody, Whole(), Late()},
      {kSlicer, kBetweenCalls, Whole(), Late()},

      {kLimitData, kConnect, kBefore, kBefore},
      {kLimitData, kHandshake, kNoTls, kNoTls},
      {kLimitData, kRequest, kBefore, kBefore},
      {kLimitData, kHead, kInside, kInside},
      {kLimitData, kBody, kInside, kInside},
      {kLimitData, kBetweenCalls, kInside, kInside},
  };
  return rows;
}

}  // namespace scoregate::upstream::hostile
