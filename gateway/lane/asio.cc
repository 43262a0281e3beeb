// The one place where Asio, its TLS streams and Beast are compiled; every other file sees
// declarations only.
#include <boost/asio/impl/src.hpp>
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>
