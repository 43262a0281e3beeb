#include "gateway/rpc/http2/request_head.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <utility>

#include "gateway/grpcwire/base64.h"
#include "gateway/grpcwire/field_size.h"
#include "gateway/grpcwire/metadata.h"
#include "gateway/grpcwire/timeout.h"

namespace scoregate::rpc {
namespace {

constexpr std::string_view kGrpc = "application/grpc";
constexpr std::string_view kIdentity = "identity";
constexpr std::string_view kGzip = "gzip";
constexpr std::string_view kGrpcProto = "application/grpc+proto";

// Room that most requests need, in bytes and fields.
constexpr std::size_t kUsualText = 512;
constexpr std::size_t kUsualFields = 12;

// A deadline further away than this is none: adding it to the clock must not overflow.
constexpr std::chrono::hours kFarthestDeadline{24 * 365 * 10};

// How much of an entry's name a failure repeats, in bytes.
constexpr std::size_t kMaxNamedBytes = 128;
// Hardly any field is as long, and what refers to a shorter one is no bargain for who sends it.
constexpr std::size_t kLargeFieldBytes = 256;

/// The type to answer with; empty where the type is none of ours. Parameters are let through.
std::string_view AnswerType(std::string_view type) {
  std::string_view essence = type.substr(0, type.find(';'));
  while (essence.ends_with(' ')) essence.remove_suffix(1);
  if (essence == kGrpc) return kGrpc;
  if (essence == kGrpcProto) return kGrpcProto;
  return {};
}

/// Whether a list of words between commas has that one.
bool ListHas(std::string_view list, std::string_view word) {
  while (true) {
    std::string_view item = list.substr(0, list.find(','));
    list.remove_prefix(item.size());
    if (grpcwire::TrimValue(item) == word) return true;
    if (list.empty()) return false;
    list.remove_prefix(1);
  }
}

http::Fault Invalid(std::string_view field, std::string text) {
  return {http::FaultKind::kRequestInvalid, std::string(field), std::move(text)};
}

}  // namespace

RequestHead::RequestHead(std::size_t max_list_bytes) : max_list_bytes_(max_list_bytes) {
  text_.reserve(kUsualText);
  view_.fields_.reserve(kUsualFields);
}

RequestField RequestHead::Keep(std::string_view name, std::string_view value) {
  const std::size_t size = name.size() + value.size();
  if (text_.capacity() - text_.size() < size) {
    full_texts_.push_back(std::exchange(text_, {}));
    text_.reserve(std::max(kUsualText, size));
  }
  const char* begin = text_.data() + text_.size();
  text_.append(name).append(value);
  return {{begin, name.size()}, {begin + name.size(), value.size()}};
}

void RequestHead::Add(std::string_view name, std::string_view value) {
  const std::size_t size = grpcwire::FieldSize(name, value);
  list_bytes_ += size;
  if (list_bytes_ > max_list_bytes_) return NoteOverLimit(name, value);
  if (name.starts_with(':')) return AddPseudo(name, value);
  has_binary_ = has_binary_ || grpcwire::IsBinaryKey(name);
  if (name == "content-length") NoteContentLength(value);
  view_.fields_.push_back(Keep(name, value));
}

// The scheme is of no use.
void RequestHead::AddPseudo(std::string_view name, std::string_view value) {
  if (name == ":method") method_ = Keep({}, value).value;
  if (name == ":path") view_.path_ = Keep({}, value).value;
  if (name == ":authority") view_.authority_ = Keep({}, value).value;
}

// nghttp2 has judged it already, and resets the stream whose body goes over it; but that is known
// only when the reset leaves, after all that was read has been taken in.
void RequestHead::NoteContentLength(std::string_view value) {
  std::uint64_t length = 0;
  auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), length);
  if (error == std::errc() && end == value.data() + value.size()) content_left_ = length;
}

bool RequestHead::TakeContent(std::size_t bytes) {
  if (!content_left_) return true;
  if (bytes > *content_left_) return false;
  *content_left_ -= bytes;
  return true;
}

void RequestHead::NoteOverLimit(std::string_view name, std::string_view value) {
  const std::size_t size = grpcwire::FieldSize(name, value);
  const std::vector<RequestField>& kept = view_.fields_;
  if (size >= kLargeFieldBytes && !kept.empty() && kept.back().name == name &&
      kept.back().value == value) {
    repeated_bytes_ += size;
  }
  if (size <= largest_dropped_bytes_) return;
  largest_dropped_bytes_ = size;
  largest_dropped_ = name.substr(0, kMaxNamedBytes);
}

// The name of the entry that takes most: what a caller would look at first. Looked for only where
// the metadata is too large, so that other requests do not pay for it.
std::string RequestHead::LargestEntry() const {
  std::size_t most = std::max(largest_dropped_bytes_, grpcwire::FieldSize(":path", view_.path_));
  std::string name = most == largest_dropped_bytes_ ? largest_dropped_ : ":path";
  for (const RequestField& field : view_.fields_) {
    const std::size_t size = grpcwire::FieldSize(field.name, field.value);
    if (size <= most) continue;
    most = size;
    name = field.name.substr(0, kMaxNamedBytes);
  }
  return name;
}

HeadVerdict RequestHead::Finish(std::shared_ptr<const Peer> peer, lane::Clock::time_point now) {
  HeadVerdict verdict;
  view_.started_ = now;
  if (has_binary_) verdict.fault = DecodeBinaryFields();
  view_.peer_ = std::move(peer);
  if (list_bytes_ > max_list_bytes_) {
    // Some fields are missing, so nothing else can be said about the request.
    verdict.fault.emplace(http::FaultKind::kRequestTooLarge, LargestEntry(),
                          "The request's metadata has " + std::to_string(list_bytes_) +
                              " bytes; this server takes " + std::to_string(max_list_bytes_) +
                              ". The field named is the largest entry.");
    return verdict;
  }
  verdict.kind = Classify();
  std::optional<http::Fault> bad_deadline = ReadDeadline();
  if (!verdict.fault) verdict.fault = std::move(bad_deadline);
  std::string_view encoding = view_.Find("grpc-encoding").value_or(kIdentity);
  if (encoding != kIdentity) {
    encoding_ = encoding == kGzip ? MessageEncoding::kGzip : MessageEncoding::kOther;
  }
  return verdict;
}

bool RequestHead::AcceptsGzip() const {
  return std::ranges::any_of(view_.metadata(), [](const RequestField& field) {
    return field.name == "grpc-accept-encoding" && ListHas(field.value, kGzip);
  });
}

HeadKind RequestHead::Classify() {
  if (method_ != "POST") return HeadKind::kNotPost;
  std::string_view answer = AnswerType(view_.Find("content-type").value_or(""));
  if (answer.empty()) return HeadKind::kNotGrpc;
  content_type_ = answer;
  return HeadKind::kCall;
}

std::optional<http::Fault> RequestHead::DecodeOne(const RequestField& field,
                                                  std::vector<RequestField>& decoded) {
  std::optional<std::vector<std::string>> values = grpcwire::Base64DecodeList(field.value);
  if (!values) return Invalid(field.name, "A metadata value of a -bin key is not base64.");
  for (const std::string& value : *values) decoded.push_back({field.name, Keep({}, value).value});
  return std::nullopt;
}

std::optional<http::Fault> RequestHead::DecodeBinaryFields() {
  std::vector<RequestField> decoded;
  std::optional<http::Fault> fault;
  for (const RequestField& field : view_.fields_) {
    if (!grpcwire::IsBinaryKey(field.name)) {
      decoded.push_back(field);
    } else if (!fault) {
      fault = DecodeOne(field, decoded);
    }
  }
  view_.fields_ = std::move(decoded);
  return fault;
}

std::optional<http::Fault> RequestHead::ReadDeadline() {
  std::optional<std::string_view> text = view_.Find("grpc-timeout");
  if (!text) return std::nullopt;
  std::optional<std::chrono::nanoseconds> timeout = grpcwire::ParseTimeout(*text);
  if (!timeout) return Invalid("grpc-timeout", "The grpc-timeout cannot be read.");
  if (*timeout < kFarthestDeadline) view_.deadline_ = view_.started_ + *timeout;
  return std::nullopt;
}

}  // namespace scoregate::rpc
