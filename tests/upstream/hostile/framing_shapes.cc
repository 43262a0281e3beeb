// Answers whose length can be read in two ways: the shapes of request smuggling, turned round.
#include "tests/upstream/hostile/shape.h"

namespace scoregate::upstream::hostile {
namespace {

const std::string kTwoLengths = "it has more than one Content-Length";
const std::string kNoNumber = "its Content-Length is not a number";
const std::string kNotChunked = "its Transfer-Encoding is not \"chunked\"";
const std::string kTwoCodings = "it has more than one Transfer-Encoding";
const std::string kBoth = "it has both Content-Length and Transfer-Encoding";
const std::string kNoToken = "it has a header whose name is no token";
const std::string kNoSize =
    "an attacker who puts in a header must not choose where the answer ends";
const std::string kGoodChunks = "e\r\n" + kGood + "\r\n0\r\n\r\n";

support::Script Length(const std::string& field) {
  return Writes(Ok(field + "\r\n\r\n" + kGood));
}

support::Script Coding(const std::string& field) {
  return Writes(Ok(field + "\r\n\r\n" + kGoodChunks));
}

}  // namespace

Family ContentLengths() {
  const std::string kDigits = "RFC 9110, 8.6: one or more digits, nothing else";
  return {
      "Content-Length",
      "An answer has one length, written in digits.",
      {
          {"length", Length("Content-Length: 14"), Good(), "the ordinary answer"},
          {"length in capitals", Length("CONTENT-LENGTH: 14"), Good(), "names have no case"},
          {"length without a blank", Length("Content-Length:14"), Good(), "blanks are optional"},
          {"length with tabs around", Length("Content-Length:\t14\t "), Good(),
           "optional white space is blanks and tabs"},
          {"length with leading zeros", Length("Content-Length: 0014"), Good(),
           "digits are digits; nobody reads them as octal"},
          {"length with many leading zeros", Length("Content-Length: " + Repeat("0", 64) + "14"),
           Good(), "no overflow: the number is small"},
          {"no length at all", Writes(Ok("\r\n" + kGood)).Close(), Good(Fate::kClosed),
           "RFC 9112, 6.3: then it lasts until the connection is closed"},
          {"two equal lengths", Length("Content-Length: 14\r\nContent-Length: 14"),
           Refused(kTwoLengths), "allowed to be mended by RFC 9110, but who adds a second?"},
          {"two lengths, the second longer", Length("Content-Length: 14\r\nContent-Length: 99"),
           Refused(kTwoLengths), kNoSize},
          {"two lengths, the second shorter", Length("Content-Length: 14\r\nContent-Length: 0"),
           Refused(kTwoLengths), kNoSize},
          {"two lengths far apart",
           Length("Content-Length: 14\r\n" + Repeat("A: b\r\n", 20) + "content-length: 3"),
           Refused(kTwoLengths), kNoSize},
          {"two lengths, one empty", Length("Content-Length: 14\r\nContent-Length:"),
           Refused(kTwoLengths), kNoSize},
          {"three lengths", Length(Repeat("Content-Length: 14\r\n", 2) + "Content-Length: 14"),
           Refused(kTwoLengths), kNoSize},
          {"a list of equal lengths", Length("Content-Length: 14, 14"), Refused(kNoNumber),
           "RFC 9110 lets a recipient take the list; we owe nobody that"},
          {"a list of two lengths", Length("Content-Length: 14, 3"), Refused(kNoNumber), kNoSize},
          {"a list with an empty member", Length("Content-Length: ,14"), Refused(kNoNumber),
           kDigits},
          {"negative length", Length("Content-Length: -14"), Refused(kNoNumber), kDigits},
          {"length with a plus", Length("Content-Length: +14"), Refused(kNoNumber), kDigits},
          {"length in hexadecimal", Length("Content-Length: 0xe"), Refused(kNoNumber), kDigits},
          {"length with a letter behind", Length("Content-Length: 14b"), Refused(kNoNumber),
           kDigits},
          {"length with a fraction", Length("Content-Length: 14.0"), Refused(kNoNumber), kDigits},
          {"length with an exponent", Length("Content-Length: 1e1"), Refused(kNoNumber), kDigits},
          {"length with a blank inside", Length("Content-Length: 1 4"), Refused(kNoNumber),
           kDigits},
          {"length with an underscore", Length("Content-Length: 1_4"), Refused(kNoNumber),
           "some languages read that as 14"},
          {"length with a comma inside", Length("Content-Length: 1,4"), Refused(kNoNumber),
           kDigits},
          {"length in quotes", Length("Content-Length: \"14\""), Refused(kNoNumber), kDigits},
          {"length empty", Length("Content-Length:"), Refused(kNoNumber), kDigits},
          {"length of blanks", Length("Content-Length:   \t "), Refused(kNoNumber), kDigits},
          {"length of other digits", Length("Content-Length: \xD9\xA1\xD9\xA4"), Refused(kNoNumber),
           "Arabic digits are digits to some libraries"},
          {"length with a vertical tab", Length("Content-Length: \v14"), Refused(kNoNumber),
           "white space to isspace(), not to HTTP"},
          {"length with a form feed", Length("Content-Length: 14\f"), Refused(kNoNumber),
           "white space to isspace(), not to HTTP"},
          {"length over 64 bits", Length("Content-Length: 18446744073709551630"),
           Refused(kNoNumber), "14 where it wraps round"},
          {"length of 64 bits", Length("Content-Length: 18446744073709551615"), BodyTooLarge(),
           "refused by its announcement, before a byte of it is kept"},
          {"length of 63 bits", Length("Content-Length: 9223372036854775808"), BodyTooLarge(),
           "negative where it is read as signed"},
          {"length over 32 bits", Length("Content-Length: 4294967310"), BodyTooLarge(),
           "14 where it wraps round at 32 bits"},
          {"length of a thousand digits", Length("Content-Length: " + Repeat("9", 1000)),
           Refused(kNoNumber), "no number that anybody means"},
          {"length with a blank before the colon", Length("Content-Length : 14"), Refused(kNoToken),
           "RFC 9112, 5.1: read with or without the blank, it differs"},
          {"length with an underscore in its name",
           Writes(Ok("Content_Length: 3\r\n" + kLength + "\r\n" + kGood)), Good(),
           "another field; only servers that pass fields as variables mix the two up"},
      }};
}

Family TransferCodings() {
  const std::string kOnlyChunked =
      "no other coding is asked for, and one that is not known hides the end";
  return {
      "Transfer-Encoding",
      "The one transfer coding is `chunked`, alone.",
      {
          {"chunked", Coding("Transfer-Encoding: chunked"), Good(), "the ordinary answer"},
          {"chunked in capitals", Coding("Transfer-Encoding: CHUNKED"), Good(),
           "names of codings have no case"},
          {"chunked with blanks around", Coding("Transfer-Encoding: \t chunked \t"), Good(),
           "optional white space"},
          {"length before coding", Coding(kLength + "Transfer-Encoding: chunked"), Refused(kBoth),
           "RFC 9112, 6.3: an attempt to smuggle; it ought to be an error"},
          {"coding before length", Coding("Transfer-Encoding: chunked\r\nContent-Length: 14"),
           Refused(kBoth), "the same in the other order"},
          {"length zero with coding", Coding("Content-Length: 0\r\nTransfer-Encoding: chunked"),
           Refused(kBoth), "the classic TE.CL shape"},
          {"coding twice", Coding("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"),
           Refused(kTwoCodings), "chunked twice is forbidden, and mostly a trick"},
          {"coding twice, one unknown",
           Coding("Transfer-Encoding: chunked\r\nTransfer-Encoding: x"), Refused(kTwoCodings),
           "the classic TE.TE shape"},
          {"coding twice, one empty", Coding("Transfer-Encoding:\r\nTransfer-Encoding: chunked"),
           Refused(kNotChunked), "the first alone is wrong already"},
          {"chunked, chunked", Coding("Transfer-Encoding: chunked, chunked"), Refused(kNotChunked),
           kOnlyChunked},
          {"identity", Coding("Transfer-Encoding: identity"), Refused(kNotChunked),
           "taken out of HTTP in 2014; read by some as no coding at all"},
          {"identity, chunked", Coding("Transfer-Encoding: identity, chunked"),
           Refused(kNotChunked), kOnlyChunked},
          {"chunked, identity", Coding("Transfer-Encoding: chunked, identity"),
           Refused(kNotChunked), "chunked has to be the last"},
          {"gzip", Coding("Transfer-Encoding: gzip"), Refused(kNotChunked), kOnlyChunked},
          {"gzip, chunked", Coding("Transfer-Encoding: gzip, chunked"), Refused(kNotChunked),
           "no TE field allowed it"},
          {"chunked, gzip", Coding("Transfer-Encoding: chunked, gzip"), Refused(kNotChunked),
           "until the end of the connection for some, chunks for others"},
          {"x-chunked", Coding("Transfer-Encoding: x-chunked"), Refused(kNotChunked),
           "has chunked in it where somebody looks for a part of the text"},
          {"chunked-x", Coding("Transfer-Encoding: chunkedx"), Refused(kNotChunked),
           "begins with chunked where somebody compares beginnings"},
          {"chunked with a parameter", Coding("Transfer-Encoding: chunked;q=1"),
           Refused(kNotChunked), "chunked has no parameters"},
          {"chunked in quotes", Coding("Transfer-Encoding: \"chunked\""), Refused(kNotChunked),
           kOnlyChunked},
          {"chunked with a comma behind", Coding("Transfer-Encoding: chunked,"),
           Refused(kNotChunked), "an empty member of the list"},
          {"chunked with a comma before", Coding("Transfer-Encoding: ,chunked"),
           Refused(kNotChunked), "an empty member of the list"},
          {"coding empty", Coding("Transfer-Encoding:"), Refused(kNotChunked), kOnlyChunked},
          {"chunked after a vertical tab", Coding("Transfer-Encoding: \vchunked"),
           Refused(kNotChunked), "trimmed by isspace(), not by HTTP"},
          {"chunked after a NUL", Coding("Transfer-Encoding: " + std::string(1, '\0') + "chunked"),
           Refused("it has a NUL byte in its head"), "ends the text for who reads C strings"},
          {"chunked with a long s",
           Coding("Transfer-Encoding: chun\xE2\x84\xAA"
                  "ed"),
           Refused(kNotChunked), "the Kelvin sign is a k to who folds case by Unicode"},
          {"chunked folded", Coding("Transfer-Encoding:\r\n chunked"), Refused(kNotChunked),
           "unfolded it is chunked, line by line it is empty"},
          {"coding with a blank before the colon", Coding("Transfer-Encoding : chunked"),
           Refused(kNoToken), "RFC 9112, 5.1"},
          {"coding after a blank", Coding(" Transfer-Encoding: chunked"),
           Refused("it has a folded header line"), "a blank first folds into the line before"},
          {"coding behind a control character", Coding("\x01Transfer-Encoding: chunked"),
           Refused(kNoToken), "no name begins so"},
          {"coding under HTTP/1.0", Writes("HTTP/1.0 200 OK\r\n" + kChunked + "\r\n" + kGoodChunks),
           Refused("it has a Transfer-Encoding, which HTTP/1.0 does not know"),
           "RFC 9112, 6.1: faulty framing"},
          {"coding with an underscore in its name",
           Writes(Ok("Transfer_Encoding: chunked\r\n" + kLength + "\r\n" + kGood)), Good(),
           "another field"},
          {"coding without the minus",
           Writes(Ok("TransferEncoding: chunked\r\n" + kLength + "\r\n" + kGood)), Good(),
           "another field"},
          {"content coding chunked",
           Writes(Ok("Content-Encoding: chunked\r\n" + kLength + "\r\n" + kGood)),
           {"response_invalid: the answer of PLACE has a content coding, although none was "
            "asked for",
            "INTERNAL UPSTREAM_RESPONSE_INVALID"},
           "a mistake, and no content coding that we know"},
      }};
}

}  // namespace scoregate::upstream::hostile
