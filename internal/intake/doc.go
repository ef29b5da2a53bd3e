// Package intake takes texts in: plain text in any common encoding, Markdown with
// front matter, and saved web pages become stories. It also writes a story out as
// Markdown with front matter.
//
// Its one responsibility is that nothing gets lost or made up on the way: every
// word of a text is in the story or in the notes that say what was left out, and
// a text that cannot be filed leaves no trace. What it says, it says naming the
// file.
//
// It must not know how a story is published or stored (newsroom does), how plain
// text is read (copydesk does), or what the command or the web prints.
package intake
