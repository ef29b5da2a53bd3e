// Package verify plays the outsider: it checks a newsroom's public record, and a story
// against it, with nothing but what the site serves to everybody.
package verify
