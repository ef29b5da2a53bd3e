package site

import (
	"net/url"
	"strings"

	"standfirst/ui"
)

// shareLinks returns plain links that hand the address on. Nothing of the networks
// is loaded: they learn of a reader when the reader goes there.
func shareLinks(words ui.Catalogue, headline, address string) []link {
	h, a := url.QueryEscape(headline), url.QueryEscape(address)
	both := url.QueryEscape(headline + " " + address)
	// Mail programs take a plus sign for itself.
	mail := "mailto:?subject=" + strings.ReplaceAll(h, "+", "%20") + "&body=" + a
	return []link{
		{words.Text("share.email"), mail},
		{"X", "https://x.com/intent/post?text=" + h + "&url=" + a},
		{"LinkedIn", "https://www.linkedin.com/sharing/share-offsite/?url=" + a},
		{"Facebook", "https://www.facebook.com/sharer/sharer.php?u=" + a},
		{"WhatsApp", "https://wa.me/?text=" + both},
		{"Bluesky", "https://bsky.app/intent/compose?text=" + both},
		{"Reddit", "https://www.reddit.com/submit?url=" + a + "&title=" + h},
	}
}
