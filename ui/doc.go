// Package ui holds everything that a browser gets besides the words of a story:
// templates, style sheets, scripts, fonts, and the catalogue of interface strings,
// embedded in the binary.
//
// It imports nothing of the project. It must not know what a story is or where
// one is stored: its templates take the structs that the web packages fill.
package ui

import "embed"

// The desk's scripts in bundle/ are made of the TypeScript in editor/.
//
//go:generate go run -C ../tools/bundle . -root ../..

// files are the sources as they stand in this folder.
//
//go:embed api bundle css desk fonts icons js site strings
var files embed.FS
