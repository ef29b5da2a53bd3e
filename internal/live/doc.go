// Package live tells browsers what happened while they show a page: who listens to
// which topic, and server-sent events over net/http. A topic is any text that its
// users agree on, such as "story:12".
//
// It must not know what an event means, who may listen to a topic, or where events
// come from: its callers check that before they call [Hub.Serve], and decide what
// [Hub.Send] sends. It keeps no events: what a reader missed, the caller replays.
//
// An open stream holds the goroutine that net/http gives to its request and a short
// queue, and nothing else. Nothing waits for a slow reader: one whose queue is full is
// cut off, comes back by itself, and says which event it saw last.
package live
