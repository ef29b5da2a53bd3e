// Package store keeps everything that the newsroom knows in a database: SQLite by
// default, PostgreSQL when one machine is not enough. All SQL of the program is
// here, in query/, one portable text a query.
//
// [Store.View] and [Store.Update] are the only ways in. Each hands a transaction to
// a function; the methods of [ReadTx] and [Tx] are the only queries there are. An
// Update returns once its commit is on disk and the tags that it touched have been
// told to whoever asked with [Store.OnTouch].
//
// The package decides nothing: which move a story may make, who may make it and
// what a page looks like are the business of others. It imports the root package
// and must not know any other.
package store
