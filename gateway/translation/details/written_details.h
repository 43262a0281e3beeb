// The details that nearly every error has, in the making. Not the generated messages: these take
// each of their strings and maps from an arena, and sort the maps again at every writing, which
// costs more than all the rest of an error.
#pragma once

#include <absl/container/inlined_vector.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/translation/details/wire_format.h"
#include "scoring/v1/errors.pb.h"

namespace scoregate::translation {

/// A map of texts, sorted bytewise, as protobuf writes one deterministically (I13). Keys are
/// constants of the vocabulary, or other views with static lifetime.
class TextMap {
 public:
  using Entry = std::pair<std::string_view, std::string>;

  void Reserve(std::size_t entries) { entries_.reserve(entries); }

  /// Sets the key, whatever the value. A key that a row demands stands even with an empty one.
  void Put(std::string_view key, std::string&& value);
  /// No value, no key.
  void Set(std::string_view key, std::string&& value) {
    if (!value.empty()) Put(key, std::move(value));
  }

  /// Null where there is no such key. Valid until the next Put.
  std::string* Find(std::string_view key);

  std::vector<Entry>& entries() { return entries_; }
  const std::vector<Entry>& entries() const { return entries_; }

 private:
  std::vector<Entry> entries_;
};

// What becomes the messages of these names. Each says its fields, with their numbers, to something
// that measures or writes them (wire_format.h). Views must outlive the draft.

struct ErrorInfoDraft {
  std::string_view reason;
  std::string_view domain;
  TextMap metadata;

  template <typename Fields>
  void SayTo(Fields& fields) const {
    fields.Text(1, reason);
    fields.Text(2, domain);
    for (const TextMap::Entry& entry : metadata.entries()) fields.MapEntry(3, entry);
  }
};

struct RequestInfoDraft {
  std::string request_id;
  std::string serving_data = {};

  template <typename Fields>
  void SayTo(Fields& fields) const {
    fields.Text(1, request_id);
    fields.Text(2, serving_data);
  }
};

struct HelpDraft {
  struct Link {
    std::string description;
    std::string url;

    template <typename Fields>
    void SayTo(Fields& fields) const {
      fields.Text(1, description);
      fields.Text(2, url);
    }
  };
  absl::InlinedVector<Link, 1> links;  // Mostly one.

  template <typename Fields>
  void SayTo(Fields& fields) const {
    for (const Link& link : links) fields.Nested(1, link);
  }
};

struct UpstreamErrorDraft {
  struct Item {
    std::string code;
    std::string target;
    std::string message;

    template <typename Fields>
    void SayTo(Fields& fields) const {
      fields.Text(1, code);
      fields.Text(2, target);
      fields.Text(3, message);
    }
  };
  int http_status = 0;  ///< Not negative.
  std::string error_class;
  std::string message;
  std::vector<Item> items;
  std::uint32_t omitted_items = 0;
  scoring::v1::UpstreamError::Origin origin = scoring::v1::UpstreamError::ORIGIN_UNSPECIFIED;
  std::string_view rule;
  TextMap request_ids;
  TextMap answer_fields;
  scoring::v1::UpstreamError::RetrySource retry_source =
      scoring::v1::UpstreamError::RETRY_SOURCE_UNSPECIFIED;

  template <typename Fields>
  void SayTo(Fields& fields) const {
    fields.Number(1, static_cast<std::uint32_t>(http_status));
    fields.Text(2, error_class);
    fields.Text(3, message);
    for (const Item& item : items) fields.Nested(4, item);
    fields.Number(5, omitted_items);
    fields.Number(6, static_cast<std::uint32_t>(origin));
    fields.Text(7, rule);
    for (const TextMap::Entry& entry : request_ids.entries()) fields.MapEntry(8, entry);
    for (const TextMap::Entry& entry : answer_fields.entries()) fields.MapEntry(9, entry);
    fields.Number(10, static_cast<std::uint32_t>(retry_source));
  }
};

}  // namespace scoregate::translation
