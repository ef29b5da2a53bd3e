// Package standfirst says what the product is, in types: a newsroom in one
// binary, made for markets and business news.
//
// A [Publication] is one site. It publishes a [Story], whose one mutable text is
// its [WorkingCopy] and whose immutable states are its [Revision] values. What
// readers see is always a published revision. Every path to publication is one
// transaction, made by the use-case packages; which way a story may go from where
// it stands is [State.CanBecome], and who may do it is [Role.Can].
//
// This package holds what the others agree on: the nouns and their rules, the
// permissions table, the tags under which rendered pages are kept, the kinds of
// jobs and the kinds of errors. It imports the standard library only, does no
// input or output, reads no clock, and must not know how anything is stored,
// rendered or served.
package standfirst
