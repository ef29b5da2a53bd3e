// Package feed writes what programs follow and take: lists of stories as RSS 2.0, Atom
// (RFC 4287) and JSON Feed 1.1, single stories as ninjs of the IPTC, and the sitemaps of search engines.
//
// It is pure: it is handed everything that it writes, addresses absolute and texts rendered,
// and knows nothing of stores, pages and requests. What may be told to whom is decided by
// who hands it over.
package feed
