// Package webhook tells programs elsewhere what happened: webhooks, which administrators
// name and which are told of events; hubs of WebSub, which are told of feeds that changed;
// and search engines, which are told of addresses that changed (IndexNow). That is its one
// responsibility.
//
// What is told is found at the end of each transaction ([Keep]), from what went on the public
// record and which comments are held: no use case remembers to. So nothing is told that
// readers do not see. Each event becomes a row and a job of that transaction; without anybody to tell there
// are neither.
//
// Webhooks are signed as the Standard Webhooks say. Of one subject, such as a story, a webhook is
// told of one event after the other: one job of the subject sends the oldest that waits until it is
// delivered or given up. Each is delivered at least once, always under the same identifier.
//
// The package must not know what the pages look like that it names.
package webhook
