// The bytes of an answer that wait for the caller's flow-control window.
#pragma once

#include <absl/container/inlined_vector.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace scoregate::rpc {

/// Pieces in, bytes out, in order; a piece is copied once, into what is written to the socket.
class OutQueue {
 public:
  void Push(std::string piece) {
    bytes_ += piece.size();
    pieces_.push_back(std::move(piece));
  }

  /// How many bytes wait.
  std::size_t bytes() const { return bytes_; }
  /// Whether a piece has left in part.
  bool InsidePiece() const { return offset_ > 0; }

  /// Moves that many bytes, at most bytes(), to the end of `out`.
  void Move(std::size_t size, std::vector<std::uint8_t>& out) {
    bytes_ -= size;
    while (size > 0) {
      std::string_view rest = std::string_view(pieces_[front_]).substr(offset_);
      std::string_view part = rest.substr(0, size);
      const auto* bytes = reinterpret_cast<const std::uint8_t*>(part.data());
      out.insert(out.end(), bytes, bytes + part.size());
      size -= part.size();
      offset_ += part.size();
      if (part.size() == rest.size()) DropFront();
    }
  }

  void Clear() { *this = OutQueue(); }

 private:
  void DropFront() {
    pieces_[front_++] = std::string();
    offset_ = 0;
    // What has left must not pile up in front of a queue that never runs empty.
    if (front_ * 2 >= pieces_.size()) {
      pieces_.erase(pieces_.begin(), pieces_.begin() + static_cast<std::ptrdiff_t>(front_));
      front_ = 0;
    }
  }

  // Most answers are one piece.
  absl::InlinedVector<std::string, 1> pieces_;
  std::size_t front_ = 0;
  std::size_t offset_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace scoregate::rpc
