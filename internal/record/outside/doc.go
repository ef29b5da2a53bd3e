// Package outside verifies the record with tools that we did not write. It is a module
// of its own, so that what it needs is no dependency of the product.
package outside
