// Package record keeps the public record: an append-only log of everything that the
// newsroom published and of every change to it, which anybody can check with tools
// that we did not write.
//
// The log is one as c2sp.org/tlog-tiles has it: a Merkle tree after RFC 6962 whose
// leaves are entries in canonical JSON, with signed checkpoints. An entry is appended
// in the transaction that publishes, by [Append]; a [Signer] signs afterwards, outside
// of it. Content is not in the log: an entry holds a digest over the salted digests of
// the parts of what was published, so that a part can be erased and the tree still
// verifies.
package record
