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

// EmbedKind says what is embedded; readers are told it before they ask for it.
type EmbedKind string

const (
	EmbedChart EmbedKind = "chart"
	EmbedVideo EmbedKind = "video"
	EmbedAudio EmbedKind = "audio"
	EmbedMap   EmbedKind = "map"
	EmbedPost  EmbedKind = "post"
)

// EmbedKinds returns every kind.
func EmbedKinds() []EmbedKind {
	return []EmbedKind{EmbedChart, EmbedVideo, EmbedAudio, EmbedMap, EmbedPost}
}

// Valid reports whether there is such a kind.
func (k EmbedKind) Valid() bool { return slices.Contains(EmbedKinds(), k) }

// embedKinds are what stands at hosts that serve one kind of thing.
var embedKinds = map[string]EmbedKind{
	"www.youtube-nocookie.com": EmbedVideo, "www.youtube.com": EmbedVideo, "youtube.com": EmbedVideo, "youtu.be": EmbedVideo,
	"player.vimeo.com": EmbedVideo, "vimeo.com": EmbedVideo, "www.dailymotion.com": EmbedVideo,
	"datawrapper.dwcdn.net": EmbedChart, "www.datawrapper.de": EmbedChart, "flo.uri.sh": EmbedChart, "public.flourish.studio": EmbedChart,
	"ourworldindata.org": EmbedChart, "w.soundcloud.com": EmbedAudio, "soundcloud.com": EmbedAudio, "open.spotify.com": EmbedAudio,
	"www.openstreetmap.org": EmbedMap, "umap.openstreetmap.fr": EmbedMap,
	"bsky.app": EmbedPost, "embed.bsky.app": EmbedPost, "mastodon.social": EmbedPost, "x.com": EmbedPost, "twitter.com": EmbedPost,
}

// EmbedKindOf returns what stands at the host; empty for a host of which that is not known.
func EmbedKindOf(host string) EmbedKind { return embedKinds[strings.ToLower(host)] }
