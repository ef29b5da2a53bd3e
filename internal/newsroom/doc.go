// Package newsroom holds the use cases of a story's life: create, save, submit,
// schedule, publish, unpublish, retract, change its address; and those of the
// publication itself: set up, settings, sections.
//
// Its one responsibility is that every change is allowed, complete and on the
// trail: each use case takes a [standfirst.Actor], checks the permissions table,
// and makes its rows, its audit row, its jobs and its touched tags in one
// transaction of the store. There is one path to publication: whatever publishes
// goes through it.
//
// It must not know where a text came from, how pages are addressed over HTTP or
// rendered, nor write SQL.
package newsroom
