// Package pagecache keeps rendered pages as bytes and serves them: plain and
// compressed, under strong entity tags, with the headers that browsers and
// content delivery networks need. That is its one responsibility.
//
// A page is kept under a key and carries tags. [Cache.Drop] of a tag drops
// exactly the pages that carry it, and makes this promise: whoever calls
// [Cache.Get] after Drop has returned is never given a page that was rendered
// from what was true before. A writer that drops what it touched between its
// commit and its acknowledgement therefore gives every reader on this node its
// own writes. Three rules together keep the promise:
//
//   - Drop marks the kept pages of its tags, and a marked page is not served.
//   - A render that began before a Drop of one of its tags is handed to those
//     who asked before the Drop and is not kept. Which tags a page carries is
//     known only when it is rendered, so a log of drops is held for as long as
//     a render older than them is under way, and no longer.
//   - Whoever asks after a Drop never joins a render that began before it.
//
// The memory in use is bounded by bytes, compressed forms included; nothing else
// grows with the number of pages or tags that ever were.
//
// The package must not know what a page says, how it is rendered, which
// addresses there are, or who reads it: a page holds nothing that is one
// visitor's own.
package pagecache
