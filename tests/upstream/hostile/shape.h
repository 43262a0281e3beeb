// What a bad server does, and everything that has to come of it: the types of the tables here.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "gateway/http/message.h"
#include "tests/support/scripted_server.h"
#include "tests/upstream/stage.h"

namespace scoregate::upstream::hostile {

/// What becomes of the connection on which it happened.
enum class Fate { kKept, kClosed };

/// When the caller gets a RetryInfo.
enum class Retry { kNever, kWhereRepeatable, kAlways };

/// The limits of the endpoint in every row, in bytes: small, so that it takes little to be large.
inline constexpr std::size_t kMaxHeaderBytes = 4096;
inline constexpr std::size_t kMaxResponseBytes = 256;
inline constexpr std::size_t kMaxErrorBodyBytes = 64;

/// A whole expectation.
struct Expected {
  std::string outcome;  ///< As Describe says it: "200 body", "response_invalid: sentence".
  std::string status;   ///< The call's code and reason, or "OK".
  Retry retry = Retry::kNever;
  Fate fate = Fate::kClosed;
};

/// How an exchange of a row is made. Nothing set: a small request, time enough, plain TCP.
struct Setting {
  std::function<void(Stage&)> stage = nullptr;
  std::function<void(http::HttpRequest&)> request = nullptr;
  /// A first exchange was good, and its connection is what the row plays on. The script answers it
  /// and comes to a Pause, which is resumed before the row's own exchange.
  bool on_a_kept_connection = false;
  /// How many requests the first connection gets in all; 0 for what the fate says.
  std::size_t requests = 0;
  /// The script ends that first connection by itself, before the row's own exchange.
  bool closes_before = false;
  /// The server is at its end and in a Pause; the gateway sees that when it would come back.
  bool ends_unseen = false;
  enum class Tls { kNone, kServer, kClientOnly };
  Tls tls = Tls::kNone;
};

/// One thing that a server does. `why` says why that is the right outcome.
struct Shape {
  std::string name;
  support::Script script;
  Expected expected;
  std::string why;
  Setting setting = {};
};

/// Shapes that belong together, with a sentence for the page.
struct Family {
  std::string title;
  std::string about;
  std::vector<Shape> shapes;
};

// The tables, each in a file of its own.
Family ContentLengths();
Family TransferCodings();
Family HeaderLines();
Family StatusLines();
Family InterimAnswers();
Family Sizes();
Family Chunks();
Family Trailers();
Family LyingLengths();
Family Contents();
Family Endings();
Family Stalls();
Family EarlyAnswers();
Family KeptConnections();
Family TlsEndings();

/// All of them, in the order of the page.
const std::vector<Family>& AllFamilies();

// Words of the tables.

/// A body that a scoring call takes for a success, and its head's fields.
inline const std::string kGood = R"({"Results":{}})";
inline const std::string kLength = "Content-Length: 14\r\n";
inline const std::string kChunked = "Transfer-Encoding: chunked\r\n";
inline const std::string kLastChunk = "0\r\n\r\n";
inline const std::string kNul(1, '\0');

/// A 200 with these lines after the status line.
std::string Ok(const std::string& rest);
/// The good answer.
inline const std::string kWhole = Ok(kLength + "\r\n" + kGood);
/// A chunked 200 whose body on the wire is this.
std::string InChunks(const std::string& body);
std::string Repeat(const std::string& text, std::size_t times);

/// A server that reads the request and then writes this.
support::Script Writes(std::string bytes);

/// Long enough to come to any step on a busy machine, short enough to wait for.
inline constexpr std::chrono::milliseconds kShort{500};
/// Between two bytes of a drip.
inline constexpr std::chrono::milliseconds kDrip{5};
/// Gives the call no longer than that.
void InAShortTime(Stage& stage);
/// Gives the request more than the buffers of both sides take.
void WithALargeBody(http::HttpRequest& request);

// Outcomes, whole.

/// Why an answer was refused that heads and chunks have in common.
inline const std::string kLineEnd = "it has a line that does not end with CRLF";
/// Why a connection ended.
inline const std::string kClosed = "it was closed";
inline const std::string kReset = "Connection reset by peer";

/// The good body, and the connection lives on or not.
Expected Good(Fate fate = Fate::kKept);
/// A 200 with another body, which is no success for a scoring call.
Expected NoSuccess(const std::string& body, Fate fate = Fate::kKept);
Expected Refused(const std::string& why);
Expected HeadTooLarge();
Expected BodyTooLarge();
/// The connection ended before the first byte of the answer, or inside it.
Expected BrokeBefore(const std::string& how);
Expected BrokeInside(const std::string& how);
/// The time was over while the gateway waited for the answer.
Expected Late();
/// The handshake failed; `how` ends the sentence.
Expected HandshakeFailed(const std::string& how);

/// An answer of an intermediary: its status has a row of its own in gRPC's table, or none.
Expected ProxySays(int http_status, const std::string& body, const std::string& code,
                   Retry retry = Retry::kNever);

}  // namespace scoregate::upstream::hostile
