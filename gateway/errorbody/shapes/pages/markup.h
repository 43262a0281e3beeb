// Text out of HTML and XML, by scanning: tags dropped, entities undone. No document tree, no
// external entity, nothing that a hostile page could make expensive.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace scoregate::errorbody {

/// What stands between `<name ...>` and `</name>` of the first such element, as it stands there; to
/// the end of the text where the end tag is missing. Names are compared ignoring case. Nothing
/// where there is no such element.
std::optional<std::string_view> ElementInside(std::string_view markup, std::string_view name);

/// The characters of a piece of markup: tags, comments, scripts and styles dropped, CDATA kept,
/// entities undone, runs of blanks made one. UTF-8 of at most `limit` bytes. Linear.
std::string MarkupText(std::string_view markup, std::size_t limit);

/// The markup without declarations, comments and blanks before its first element.
std::string_view WithoutProlog(std::string_view markup);

/// Whether it is HTML: behind comments and XML's declaration stands `<!doctype html` or `<html`, in
/// any case.
bool BeginsHtml(std::string_view markup);

/// Whether the first thing is the start tag of an element of exactly this name.
bool StartsWithTag(std::string_view markup, std::string_view name);

}  // namespace scoregate::errorbody
