package standfirst

import (
	"slices"
	"strings"
)

// MaxEmbedHosts is from how many hosts readers' pages may embed.
const MaxEmbedHosts = 20

// maxHost is the length of the longest name of a host.
const maxHost = 253

// DefaultEmbedHosts returns the hosts that may be embedded until somebody says otherwise.
func DefaultEmbedHosts() []string {
	return []string{"www.youtube-nocookie.com", "player.vimeo.com", "datawrapper.dwcdn.net"}
}

// ParseEmbedHosts reads names of hosts, one on each line, and returns each once. It returns
// an Invalid error for what is none: the names go into the policy that pages are sent with.
func ParseEmbedHosts(text string) ([]string, error) {
	var hosts []string
	for line := range strings.Lines(text) {
		host := strings.ToLower(strings.TrimSpace(line))
		switch {
		case host == "" || slices.Contains(hosts, host):
			continue
		case !isHost(host):
			return nil, Errorf(Invalid, "%q is no host; write its name alone, such as player.vimeo.com", host)
		}
		hosts = append(hosts, host)
	}
	if len(hosts) > MaxEmbedHosts {
		return nil, Errorf(Invalid, "at most %d hosts may be embedded", MaxEmbedHosts)
	}
	return hosts, nil
}

// isHost reports whether the text is the full name of a host, in ASCII.
func isHost(text string) bool {
	if len(text) > maxHost || !strings.Contains(text, ".") {
		return false
	}
	for label := range strings.SplitSeq(text, ".") {
		if label == "" || len(label) > 63 || strings.Trim(label, "-") != label ||
			strings.Trim(label, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			return false
		}
	}
	return true
}
