// Package site serves the readers' pages: it resolves an address to a page, loads
// all that is on it in one view of the store, renders it with the templates of
// package ui, and keeps it in the page cache under the tags of what it shows.
//
// It only reads. It must not know SQL, how a story came to be published, or
// anything of the visitor: a page is the same for everybody and holds absolute
// times only.
package site
