// Package discuss holds the use cases of the talk under stories: posting, editing and
// taking back a comment; the rules that hold one; what moderators decide, and its undoing;
// reports, objections and bans; what is forgotten, exported and erased.
//
// Its one responsibility is that every comment is taken once, shown exactly where and while
// it may be, and that each decision is allowed, explained and on the trail. It must not know
// HTTP, how a thread is laid out, nor write SQL.
package discuss
