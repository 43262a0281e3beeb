// Collects the header block of a request and judges it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/http/fault.h"
#include "gateway/rpc/call_view.h"

namespace scoregate::rpc {

/// What a request turned out to be.
enum class HeadKind {
  kCall,     ///< A gRPC call, good or faulty.
  kNotPost,  ///< Some other HTTP method.
  kNotGrpc,  ///< A POST of another content type.
};

/// How the messages of a request may be compressed.
enum class MessageEncoding {
  kIdentity,  ///< Not at all.
  kGzip,
  kOther,  ///< In a way that is not offered.
};

/// What Finish found.
struct HeadVerdict {
  HeadKind kind = HeadKind::kCall;
  /// Why the call must fail, if it must.
  std::optional<http::Fault> fault;
};

/// The text of one request's fields, and the CallView over it.
class RequestHead {
 public:
  explicit RequestHead(std::size_t max_list_bytes);

  /// Takes one field. What is over the limit is counted, not kept.
  void Add(std::string_view name, std::string_view value);

  /// What was added so far, as the limit counts it.
  std::size_t list_bytes() const { return list_bytes_; }

  /// Whether so much came over the limit, which callers are told, that it is no mistake: several
  /// times as much, or the same large field again and again ("HPACK bomb").
  bool IsBomb() const {
    return list_bytes_ > kBombFactor * max_list_bytes_ || repeated_bytes_ > max_list_bytes_ / 2;
  }

  /// So many bytes of the request's body begin to come; false where that is more than what its
  /// content-length leaves.
  bool TakeContent(std::size_t bytes);

  /// Ends the block: decodes and judges. Once, after the last Add.
  HeadVerdict Finish(std::shared_ptr<const Peer> peer, lane::Clock::time_point now);

  /// Not before Finish.
  const CallView& view() const { return view_; }
  /// The content type to answer with, such as "application/grpc+proto". Static lifetime.
  std::string_view content_type() const { return content_type_; }
  /// Whether the answer must not have a body.
  bool is_head_method() const { return method_ == "HEAD"; }
  /// The compression that the request names for its messages.
  MessageEncoding encoding() const { return encoding_; }
  /// Whether the caller says that it reads gzip. Looks it up.
  bool AcceptsGzip() const;

 private:
  void AddPseudo(std::string_view name, std::string_view value);
  RequestField Keep(std::string_view name, std::string_view value);
  void NoteContentLength(std::string_view value);
  void NoteOverLimit(std::string_view name, std::string_view value);
  std::string LargestEntry() const;
  std::optional<http::Fault> DecodeBinaryFields();
  std::optional<http::Fault> DecodeOne(const RequestField& field,
                                       std::vector<RequestField>& decoded);
  std::optional<http::Fault> ReadDeadline();
  HeadKind Classify();

  static constexpr std::size_t kBombFactor = 4;

  std::size_t max_list_bytes_;
  std::size_t list_bytes_ = 0;
  // Of what came over the limit: large fields that are the last one below it once more.
  std::size_t repeated_bytes_ = 0;
  // Among the fields that were not kept.
  std::size_t largest_dropped_bytes_ = 0;
  std::string largest_dropped_;
  // What the views point into: text that is kept never moves, so what is full stays beside.
  std::string text_;
  std::vector<std::string> full_texts_;
  std::string_view method_;
  bool has_binary_ = false;
  // What may still come; nothing where the request does not say.
  std::optional<std::uint64_t> content_left_;
  MessageEncoding encoding_ = MessageEncoding::kIdentity;
  std::string_view content_type_ = "application/grpc";
  CallView view_;
};

}  // namespace scoregate::rpc
