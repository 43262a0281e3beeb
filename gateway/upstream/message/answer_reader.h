// Turns the bytes of a connection into one answer, whatever pieces they come in. No socket here.
#pragma once

#include <boost/beast/http/basic_parser.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "gateway/http/message.h"
#include "gateway/upstream/message/answer_head.h"

namespace scoregate::upstream {

/// How much of an answer is read, in bytes.
struct AnswerLimits {
  std::uint64_t max_header_bytes = 0;      ///< Of one head, one chunk's line, or the trailers.
  std::uint64_t max_body_bytes = 0;        ///< Of a 2xx answer: more is refused.
  std::uint64_t max_error_body_bytes = 0;  ///< Of any other answer: more is cut off.
};

/// Whether the request was one whose answer has no body whatever its fields say.
enum class AnswerBody { kByItsFields, kNone };

/// How many 1xx answers may come before the answer.
inline constexpr int kMaxInterimAnswers = 16;

/// Reads one answer. Feed it until the state is no longer kMore.
class AnswerReader {
 public:
  enum class State {
    kMore,
    kDone,
    kInvalid,       ///< Not HTTP/1, or a shape that is refused; why() says which.
    kHeadTooLarge,  ///< Over max_header_bytes.
    kBodyTooLarge,  ///< A success over max_body_bytes.
    kCutByTheEnd,   ///< The connection ended inside the answer.
  };

  AnswerReader(const AnswerLimits& limits, AnswerBody body);
  AnswerReader(const AnswerReader&) = delete;
  AnswerReader& operator=(const AnswerReader&) = delete;

  /// Takes bytes and gives how many were used up; show the rest again, with what comes after it.
  std::size_t Put(std::string_view bytes);
  /// The peer sends nothing more.
  void PutEnd();

  State state() const { return state_; }
  std::string_view why() const { return why_; }
  /// Whether a byte of an answer has come.
  bool has_begun() const { return has_begun_; }
  /// Whether another request may be sent on this connection: the peer means to take one, and no
  /// part of this answer announced a body that it cannot have. After kDone.
  bool keep_alive() const { return keep_alive_; }
  /// The answer, moved out. After kDone.
  http::HttpResponse Take() { return std::move(answer_); }

 private:
  // Beast calls back with what it found; it also decodes chunks.
  class Parser final : public boost::beast::http::basic_parser<false> {
   public:
    explicit Parser(AnswerReader& reader) : reader_(reader) {}

   private:
    using Error = boost::system::error_code;
    using View = boost::beast::string_view;
    using Field = boost::beast::http::field;
    void on_request_impl(boost::beast::http::verb, View, View, int, Error&) override {}
    void on_response_impl(int code, View reason, int version, Error& error) override;
    void on_field_impl(Field, View name, View value, Error& error) override;
    void on_header_impl(Error& error) override;
    void on_body_init_impl(const boost::optional<std::uint64_t>& length, Error& error) override;
    std::size_t on_body_impl(View body, Error& error) override;
    void on_chunk_header_impl(std::uint64_t, View extensions, Error& error) override;
    std::size_t on_chunk_body_impl(std::uint64_t, View body, Error& error) override;
    void on_finish_impl(Error& error) override { error = {}; }

    AnswerReader& reader_;
  };

  void BeginPart();
  std::size_t PutHead(std::string_view bytes);
  std::size_t PutBody(std::string_view bytes);
  void FinishPart();
  void End(State state, std::string_view why);
  bool IsLineTooLong(const char* end) const;
  std::size_t Append(std::string_view body, boost::system::error_code& error);
  bool IsSuccess() const { return answer_.status >= 200 && answer_.status <= 299; }

  const AnswerLimits limits_;
  const AnswerBody body_;
  std::optional<Parser> parser_;
  HeadScanner scanner_;
  http::HttpResponse answer_;
  State state_ = State::kMore;
  std::string_view why_;
  bool in_head_ = true;
  bool has_begun_ = false;
  bool chunks_begun_ = false;
  bool keep_alive_ = false;
  bool body_may_follow_ = false;
  bool trailers_folded_ = false;
  /// Where the chunk's line or the trailers begin that are being read, in the bytes of this Put.
  const char* line_ = nullptr;
  int interim_answers_ = 0;
};

}  // namespace scoregate::upstream
