#include "gateway/upstream/message/answer_reader.h"

#include <algorithm>
#include <limits>
#include <string>

namespace scoregate::upstream {
namespace {

namespace beast_http = boost::beast::http;

constexpr int kFirstStatus = 100;
constexpr int kSwitchingProtocols = 101;
constexpr int kFirstFinalStatus = 200;
constexpr int kNoContent = 204;
constexpr int kNotModified = 304;
// "HTTP/1.1 200": a status line without a reason, and without the blank before it.
constexpr std::size_t kBareStatusLineBytes = 12;
// What an announced length may reserve before any of it has come.
constexpr std::uint64_t kMaxReservedBytes = 1ull << 20;
// The shortest chunked body, "0\r\n\r\n". Beast 1.81 asserts that it sees so many bytes when it
// looks at a last chunk again that is also the first.
constexpr std::size_t kLeastChunkedBytes = 5;

std::string_view View(boost::beast::string_view text) {
  return {text.data(), text.size()};
}

bool IsControl(char c) {
  return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
}

// These have no body whatever their fields say (RFC 9112, 6.3).
bool HasNoBody(int status) {
  return status < kFirstFinalStatus || status == kNoContent || status == kNotModified;
}

// Beast's own words are for programmers; these are for whoever reads the log at night.
std::string_view Why(const boost::system::error_code& error) {
  using Code = beast_http::error;
  if (error == Code::bad_version) return "its version is neither HTTP/1.0 nor HTTP/1.1";
  if (error == Code::bad_status) return "its status is not a number of three digits";
  if (error == Code::bad_reason) return "its status line has a control character";
  if (error == Code::bad_field) return "it has a header whose name is no token";
  if (error == Code::bad_value) return "it has a header whose value has a control character";
  if (error == Code::bad_line_ending) return "it has a line that does not end with CRLF";
  if (error == Code::bad_content_length) return "its Content-Length is not a number";
  if (error == Code::bad_transfer_encoding) return "its Transfer-Encoding is not \"chunked\"";
  if (error == Code::bad_chunk) return "it has a chunk that is broken";
  if (error == Code::bad_chunk_extension) return "it has a chunk whose extension is broken";
  return "it is malformed";
}

// RFC 9112, 5.2: such a line goes on with the one before. Beast joins them; not everybody does.
bool IsFolded(std::string_view lines) {
  return lines.find("\n ") != lines.npos || lines.find("\n\t") != lines.npos;
}

}  // namespace

void AnswerReader::Parser::on_response_impl(int code, View, int, Error& error) {
  reader_.answer_.status = code;
  error =
      code < kFirstStatus ? beast_http::make_error_code(beast_http::error::bad_status) : Error();
}

void AnswerReader::Parser::on_field_impl(Field, View name, View value, Error& error) {
  error = {};
  http::HeaderMap& fields = reader_.in_head_ ? reader_.answer_.headers : reader_.answer_.trailers;
  fields.Add(upstream::View(name), upstream::View(value));
}

void AnswerReader::Parser::on_header_impl(Error& error) {
  error = {};
  reader_.in_head_ = false;
  bool announces_body = content_length().value_or(0) > 0 || chunked();
  if (HasNoBody(reader_.answer_.status) && announces_body) reader_.body_may_follow_ = true;
  // Refused before a byte of it has come. An answer that has no body may announce what it likes.
  bool too_large = content_length().value_or(0) > reader_.limits_.max_body_bytes;
  if (!is_done() && reader_.IsSuccess() && too_large) {
    error = beast_http::make_error_code(beast_http::error::body_limit);
  }
}

void AnswerReader::Parser::on_chunk_header_impl(std::uint64_t, View extensions, Error& error) {
  error = {};
  if (reader_.IsLineTooLong(extensions.data() + extensions.size())) {
    error = beast_http::make_error_code(beast_http::error::header_limit);
  }
  // Beast takes any byte between quotes; whoever ends lines at LF reads another body.
  if (std::ranges::any_of(extensions, IsControl)) {
    error = beast_http::make_error_code(beast_http::error::bad_chunk_extension);
  }
}

void AnswerReader::Parser::on_body_init_impl(const boost::optional<std::uint64_t>& length,
                                             Error& error) {
  error = {};
  if (!length) return;
  std::uint64_t most =
      reader_.IsSuccess() ? kMaxReservedBytes : reader_.limits_.max_error_body_bytes;
  reader_.answer_.body.reserve(std::min({*length, most, kMaxReservedBytes}) + http::kBodyPadding);
}

std::size_t AnswerReader::Parser::on_body_impl(View body, Error& error) {
  return reader_.Append(upstream::View(body), error);
}

std::size_t AnswerReader::Parser::on_chunk_body_impl(std::uint64_t, View body, Error& error) {
  reader_.line_ = body.data() + body.size();
  return reader_.Append(upstream::View(body), error);
}

AnswerReader::AnswerReader(const AnswerLimits& limits, AnswerBody body)
    : limits_(limits), body_(body) {
  BeginPart();
}

void AnswerReader::BeginPart() {
  parser_.emplace(*this);
  parser_->eager(true);
  // The limits are ours: Beast's would cut an error's body by refusing it.
  parser_->header_limit(std::numeric_limits<std::uint32_t>::max());
  parser_->body_limit(boost::none);
  parser_->skip(body_ == AnswerBody::kNone);
}

std::size_t AnswerReader::Put(std::string_view bytes) {
  has_begun_ = has_begun_ || !bytes.empty();
  std::size_t used = 0;
  while (state_ == State::kMore && used < bytes.size()) {
    std::string_view rest = bytes.substr(used);
    std::size_t step = in_head_ ? PutHead(rest) : PutBody(rest);
    used += step;
    if (step == 0) break;
  }
  return used;
}

std::size_t AnswerReader::PutHead(std::string_view bytes) {
  HeadScanner::Found found = scanner_.Scan(bytes);
  switch (found) {
    case HeadScanner::Found::kNotHttp:
      End(State::kInvalid, "it does not begin with HTTP/");
      return 0;
    case HeadScanner::Found::kBareLineFeed:
      End(State::kInvalid, "it has a line that does not end with CRLF");
      return 0;
    case HeadScanner::Found::kMore:
    case HeadScanner::Found::kEnd:
      break;
  }
  if (scanner_.size() > limits_.max_header_bytes) {
    End(State::kHeadTooLarge, "");
    return 0;
  }
  if (found == HeadScanner::Found::kMore) return 0;
  std::string_view head = bytes.substr(0, scanner_.size());
  if (std::string_view why = WhyHeadIsRefused(head); !why.empty()) {
    End(State::kInvalid, why);
    return 0;
  }
  if (head.find('\r') != kBareStatusLineBytes) return PutBody(head);
  // Every client takes such a line but Beast.
  std::string with_blank(head);
  with_blank.insert(kBareStatusLineBytes, 1, ' ');
  PutBody(with_blank);
  return head.size();
}

std::size_t AnswerReader::PutBody(std::string_view bytes) {
  bool chunks_begin = parser_->is_header_done() && parser_->chunked() && !chunks_begun_;
  if (chunks_begin && bytes.size() < kLeastChunkedBytes) return 0;
  chunks_begun_ = chunks_begun_ || chunks_begin;
  line_ = bytes.data();
  boost::system::error_code error;
  std::size_t used = parser_->put({bytes.data(), bytes.size()}, error);
  if (parser_->is_done()) {
    const char* end = bytes.data() + used;
    bool too_long = parser_->chunked() && IsLineTooLong(end);
    trailers_folded_ = parser_->chunked() && IsFolded({line_, end});
    too_long ? End(State::kHeadTooLarge, "") : FinishPart();
  } else if (error == beast_http::error::need_more) {
    if (bytes.size() - used > limits_.max_header_bytes) End(State::kHeadTooLarge, "");
  } else if (error == beast_http::error::header_limit) {
    End(State::kHeadTooLarge, "");
  } else if (error == beast_http::error::body_limit) {
    if (IsSuccess()) {
      End(State::kBodyTooLarge, "");
    } else {
      answer_.body_cut = true;
      End(State::kDone, "");
    }
  } else if (error) {
    bool of_a_head = !in_head_ && (error == beast_http::error::bad_content_length ||
                                   error == beast_http::error::bad_transfer_encoding);
    End(State::kInvalid, of_a_head ? "its trailers say how long it is" : Why(error));
  }
  return used;
}

void AnswerReader::FinishPart() {
  if (answer_.status == kSwitchingProtocols) {
    End(State::kInvalid, "it switches protocols, which was not asked for");
  } else if (answer_.status >= kFirstFinalStatus) {
    keep_alive_ = parser_->keep_alive() && !body_may_follow_ && !trailers_folded_;
    End(State::kDone, "");
  } else if (++interim_answers_ > kMaxInterimAnswers) {
    End(State::kInvalid, "too many interim answers stand before it");
  } else {
    answer_ = {};
    scanner_ = {};
    in_head_ = true;
    BeginPart();
  }
}

void AnswerReader::PutEnd() {
  if (state_ != State::kMore) return;
  if (in_head_) return End(State::kCutByTheEnd, "in its head");
  boost::system::error_code error;
  parser_->put_eof(error);
  if (error) return End(State::kCutByTheEnd, "in its body");
  End(State::kDone, "");
}

void AnswerReader::End(State state, std::string_view why) {
  state_ = state;
  why_ = why;
}

bool AnswerReader::IsLineTooLong(const char* end) const {
  return static_cast<std::size_t>(end - line_) > limits_.max_header_bytes;
}

std::size_t AnswerReader::Append(std::string_view body, boost::system::error_code& error) {
  error = {};
  std::uint64_t limit = IsSuccess() ? limits_.max_body_bytes : limits_.max_error_body_bytes;
  std::uint64_t room = limit - std::min<std::uint64_t>(limit, answer_.body.size());
  if (body.size() > room) {
    body = body.substr(0, static_cast<std::size_t>(room));
    error = beast_http::make_error_code(beast_http::error::body_limit);
  }
  answer_.body.append(body);
  return body.size();
}

}  // namespace scoregate::upstream
