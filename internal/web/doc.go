// Package web is what every part of the web has in common: handlers that return
// errors and the one place that turns an error into a response and a log line,
// the headers that keep browsers safe, which forwarded addresses are believed,
// limits, measurements, and the listener for operations.
//
// It must not know which pages there are or where their data comes from. It is
// the only package, with those below it, that knows HTTP status codes.
package web
