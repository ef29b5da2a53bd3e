// Package diff tells what changed between two revisions of a story, for readers: by
// block (paragraphs, headings, items, quotations, voices), inside a changed block by
// word, and first of all by figure.
//
// It is pure. Its caller takes the text apart into blocks; time and memory are bounded
// for any two texts, near to linear in their length.
package diff
