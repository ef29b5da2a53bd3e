// Package desk serves the pages in which the staff works, under /desk: signing in, the
// account, and what the use-case packages do for those who are signed in. Every page is
// made for one person and kept nowhere.
//
// It must hold no rule of the newsroom and no SQL: what somebody may do is asked of the
// use cases, which ask the table of permissions.
package desk
