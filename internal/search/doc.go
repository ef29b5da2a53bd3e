// Package search finds what readers may see: stories, deals, companies, people, figures and
// comments.
//
// The index is derived: at the end of each transaction, everything whose tag was touched is
// read as readers see it and indexed anew, see [Keep]. Nothing has to remember to index or
// to forget, and what is not out has no row. Words are cut and stemmed here, the same for
// both engines, in the language of the publication; figures are brought to one form, so that
// "$50bn" finds "50 billion dollars".
//
// Nothing is ranked by counting: what is called by the words comes first, then what has them
// in its title, then the rest, each the newest first. So a page costs the same however many
// there are, and the next one begins where the last has ended.
package search
