// Package outbound is the one HTTP client for addresses that others name: services that
// an administrator chose, and programs that wait for news. That is its one
// responsibility.
//
// Whoever may name an address could name one inside the network of the server. So every
// connection is looked at when it is made, after the name was resolved: private, loopback,
// link-local and other special networks are refused, and so is any port but 80 and 443,
// unless the operator allows the network. Redirects are connections like any other. How
// long an answer takes, how long it is and how often it redirects is limited.
//
// The package must not know what is asked or told.
package outbound
