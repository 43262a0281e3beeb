// What an upstream's error answer says, once its shape is understood: one value for every shape.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace scoregate::errorbody {

/// Whose voice an answer is (translation contract, 2.6).
enum class Voice { kApplication, kIntermediary };

/// One element of the upstream's `details`.
struct ReportedItem {
  std::string code;
  std::string target;
  std::string message;
  /// The place in the request's body, such as "inputs[0].age", where the shape itself says that it
  /// names one; else empty.
  std::string field = {};
};

/// A google.rpc.Status that arrived as JSON.
struct ReportedStatus {
  /// The canonical code's name as written, such as "FAILED_PRECONDITION"; empty where the Status
  /// had a number only.
  std::string status;
  int code = 0;
  /// Its details: the type's name after the last '/', and the detail's own JSON text, unchecked.
  std::vector<std::pair<std::string, std::string>> details;
};

/// Text of the upstream is kept as it came, but for bytes that are not UTF-8, which are U+FFFD, and
/// for bounds of size; it is redacted when a Status is made of it.
struct ReportedError {
  /// As received, 100 to 999.
  int http_status = 0;
  Voice voice = Voice::kIntermediary;
  /// The shape that read the body, such as "classic" or "text"; a name with static lifetime.
  std::string_view shape;
  /// Outermost code: under kind classic the error class.
  std::string outer_code;
  /// The most specific code: the deepest innererror, else equal to outer_code.
  std::string inner_code;
  /// The outermost message; for text bodies the text itself, shortened.
  std::string message;
  /// In the order of the body, at most kMaxItems.
  std::vector<ReportedItem> items;
  std::uint32_t omitted_items = 0;
  /// An HTTP status inside the body of a 2xx answer (400 to 599), or 0.
  int embedded_status = 0;
  /// What a failed batch job says in the place of an HTTP status; the documented rows are looked up
  /// under it. 0 for everything else.
  int task_status = 0;
  std::optional<ReportedStatus> rpc_status;

  // What the header fields say.
  /// x-ms-error-code; empty where absent.
  std::string header_code;
  /// ms-azureml-model-error-reason and ms-azureml-model-error-statuscode (0 where absent or not
  /// three digits).
  std::string model_error_reason;
  int model_http_status = 0;
  /// x-ms-run-function-failed: True.
  bool run_function_failed = false;
  /// The host of Location, for 3xx answers.
  std::string location_host;
  /// A field that is looked for: its name (lower case), which is ours and of static lifetime, and
  /// what the upstream gave it for a value.
  using KnownField = std::pair<std::string_view, std::string>;
  /// Upstream request ids, in a fixed order.
  std::vector<KnownField> request_ids;
  /// Which deployment answered and where the time went, of the head's fields or the trailers, in a
  /// fixed order.
  std::vector<KnownField> answer_fields;

  // How long to wait before a retry, by who said it. translation/ chooses among them.
  std::optional<std::chrono::milliseconds> header_retry_delay;
  std::optional<std::chrono::milliseconds> body_retry_delay;
  std::optional<std::chrono::milliseconds> prose_retry_delay;
};

/// Elements of `details` that are kept; the rest is counted.
inline constexpr std::size_t kMaxItems = 64;
/// Bytes that are kept of each text, cut at a character.
inline constexpr std::size_t kMaxTextBytes = 4096;
/// Bytes that are kept of each code and target: so much more than may leave (256) that no key of 88
/// characters is cut before redaction sees it whole.
inline constexpr std::size_t kMaxCodeBytes = 384;

}  // namespace scoregate::errorbody
