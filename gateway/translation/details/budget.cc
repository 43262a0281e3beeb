#include "gateway/translation/details/budget.h"

#include <string>

#include "gateway/translation/details/pack.h"
#include "gateway/translation/texts/wording.h"
#include "gateway/translation/trailers.h"
#include "gateway/translation/vocabulary.h"

namespace scoregate::translation {
namespace {

/// What is left of a LocalizedMessage and of a message at the least, in bytes.
constexpr std::size_t kMinLocalizedBytes = 60;
constexpr std::size_t kMinMessageBytes = 80;
/// Values of metadata up to this size are not worth blanking.
constexpr std::size_t kSmallValueBytes = 24;
/// Room for a name and a count in detailsTruncated, as base64.
constexpr std::size_t kNameBytes = 64;

class Shedder {
 public:
  explicit Shedder(Draft& draft) : draft_(draft) {}

  bool Fits(std::size_t limit = kTargetTrailerBytes) const {
    return BlockBytes(draft_, StatusBytes(draft_)) <= limit;
  }

  void Name(std::string_view what) {
    std::string* value = draft_.error_info.metadata.Find(key::kDetailsTruncated);
    if (value == nullptr) {
      draft_.error_info.metadata.Put(key::kDetailsTruncated, std::string(what));
      return;
    }
    value->append(",").append(what);
  }

  // Sets a detail aside whole.
  template <typename Detail>
  void Drop(Detail& detail, std::string_view name) {
    if (!detail) return;
    detail = {};
    Name(name);
  }

  void ShedHelpLinks() {
    if (!draft_.help || draft_.help->links.size() < 2) return;
    draft_.help->links.resize(1);
    Name("Help.links");
  }

  void ShedServingData() {
    if (!draft_.request_info || draft_.request_info->serving_data.empty()) return;
    draft_.request_info->serving_data.clear();
    Name("RequestInfo.serving_data");
  }

  void ShedUpstreamItems() {
    if (!draft_.upstream || draft_.upstream->items.empty()) return;
    // Named first: its name takes room as well.
    Name("UpstreamError.items");
    while (!draft_.upstream->items.empty() && !Fits()) {
      draft_.upstream->items.pop_back();
      ++draft_.upstream->omitted_items;
    }
  }

  void ShedUpstreamMessage() {
    if (!draft_.upstream || draft_.upstream->message.empty()) return;
    draft_.upstream->message.clear();
    Name("UpstreamError.message");
  }

  // All beyond the first that fit, but never the first.
  template <typename Violations>
  void ShedViolations(Violations* violations, std::string_view detail) {
    int before = violations->size();
    while (violations->size() > 1 && !Fits(kTargetTrailerBytes - kNameBytes)) {
      violations->RemoveLast();
    }
    int shed = before - violations->size();
    if (shed == 0) return;
    Name(std::string(detail) + ".violations(" + std::to_string(shed) + ")");
  }

  void ShedLocalized() {
    if (draft_.localized == nullptr) return;
    std::string* text = draft_.localized->mutable_message();
    if (text->size() <= kMinLocalizedBytes) return;
    Name("LocalizedMessage");
    while (text->size() > kMinLocalizedBytes && !Fits()) {
      Cut(*text, std::max(kMinLocalizedBytes, text->size() * 3 / 4));
    }
  }

  // The longest first, so that as few as possible go; of equals the first by name.
  void BlankMetadata() {
    while (!Fits()) {
      TextMap::Entry* longest = nullptr;
      for (TextMap::Entry& entry : draft_.error_info.metadata.entries()) {
        if (entry.first == key::kDetailsTruncated) continue;
        bool longer = longest == nullptr || entry.second.size() > longest->second.size();
        if (longer) longest = &entry;
      }
      if (longest == nullptr || longest->second.size() <= kSmallValueBytes) return;
      longest->second.clear();
      Name("metadata." + std::string(longest->first));
    }
  }

  void ElideMessage() {
    if (draft_.message.size() <= kMinMessageBytes) return;
    Name("message");
    while (draft_.message.size() > kMinMessageBytes && !Fits()) {
      ElideMiddle(draft_.message, std::max(kMinMessageBytes, draft_.message.size() * 3 / 4));
    }
  }

  // Only where configuration or the route brings names of absurd size.
  void ShedForCeiling() {
    auto fits = [&] { return Fits(kMaxTrailerBytes); };
    if (!fits()) Drop(draft_.help, "Help");
    if (!fits()) Drop(draft_.localized, "LocalizedMessage");
    if (!fits()) Drop(draft_.request_info, "RequestInfo");
    if (!fits()) Drop(draft_.resource, "ResourceInfo");
    if (!fits()) Drop(draft_.quota, "QuotaFailure");
    if (!fits()) Drop(draft_.precondition, "PreconditionFailure");
    if (!fits()) Drop(draft_.bad_request, "BadRequest");
  }

  void Run() {
    Drop(draft_.debug, "DebugInfo");
    if (!Fits()) ShedHelpLinks();
    if (!Fits()) ShedServingData();
    if (!Fits()) ShedUpstreamItems();
    if (!Fits()) ShedUpstreamMessage();
    if (!Fits()) Drop(draft_.upstream, "UpstreamError");
    if (!Fits() && draft_.bad_request != nullptr) {
      ShedViolations(draft_.bad_request->mutable_field_violations(), "BadRequest");
    }
    if (!Fits() && draft_.precondition != nullptr) {
      ShedViolations(draft_.precondition->mutable_violations(), "PreconditionFailure");
    }
    if (!Fits() && draft_.quota != nullptr) {
      ShedViolations(draft_.quota->mutable_violations(), "QuotaFailure");
    }
    if (!Fits()) ShedLocalized();
    if (!Fits()) BlankMetadata();
    if (!Fits()) ElideMessage();
    ShedForCeiling();
  }

 private:
  Draft& draft_;
};

}  // namespace

std::size_t FitBudget(Draft& draft) {
  const std::size_t bytes = StatusBytes(draft);
  if (BlockBytes(draft, bytes) <= kTargetTrailerBytes) return bytes;
  Shedder(draft).Run();
  return StatusBytes(draft);
}

}  // namespace scoregate::translation
