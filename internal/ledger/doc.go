// Package ledger holds the use cases of the figures that the newsroom stands behind:
// accept what the copy desk proposes, supersede, retract, respond, release, expire,
// erase; and it gathers for pages what a deal, a claim, an entity or a story shows of
// them.
//
// Its one responsibility is that a claim is recorded once, with its source, is never
// overwritten, and that readers and every story that cites it learn of a change in the
// moment in which it is released. What was accepted is the desk's own until then. Each
// use case takes a [standfirst.Actor], checks the permissions table, and makes its
// rows, its audit row and its touched tags in one transaction of the store.
//
// It must not know how pages look or are addressed over HTTP, what a story's states
// are, nor write SQL.
package ledger
