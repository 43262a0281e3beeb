// How codes, messages and lists of details are found in JSON, whatever the shape.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "gateway/errorbody/reported_error.h"
#include "gateway/errorbody/tolerant_json.h"

namespace scoregate::errorbody {

/// The first of these members that there is and that is not null; else none.
JsonValue FirstOf(JsonValue object, std::initializer_list<std::string_view> names);

/// A string or a number as a code; empty for anything else, for an empty string, and for what the
/// end of the body cut off: half a code may be another one's name.
std::string CodeOf(JsonValue value);

/// The code by the search order of the translation contract, 2.6; empty where none is found.
std::string FindCode(JsonValue root);

/// A string's characters; of an object its `message` or `value`; else the JSON text itself. Empty
/// for null and none.
std::string MessageOf(JsonValue value);

/// The first of these members that gives a message.
std::string FirstMessage(JsonValue object, std::initializer_list<std::string_view> names);

/// Appends one element of a list of details, where it says anything.
void ReadItem(JsonValue element, ReportedError& error);

/// Appends what `details` says: a list of items or of texts, one item, a map of names to texts, or
/// a text. Fills omitted_items.
void ReadItems(JsonValue details, ReportedError& error);

/// The code of the deepest innererror (both spellings are met) below `error`; empty where none.
std::string DeepestInnerCode(JsonValue error);

/// The HTTP status that the body of a 2xx answer names (400 to 599), or 0.
int EmbeddedStatus(JsonValue root);

/// A number or its digits as an HTTP status, 100 to 999; else 0.
int StatusOf(JsonValue value);

}  // namespace scoregate::errorbody
