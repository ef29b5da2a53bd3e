// Package feedtest holds what programs take of a publication against the schemas of their
// formats. The schemas and where they are from stand in the folder schema.
package feedtest
