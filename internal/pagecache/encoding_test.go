package pagecache

import (
	"strings"
	"testing"
)

func TestNegotiate(t *testing.T) {
	for _, tc := range []struct {
		name  string
		lines []string
		want  encoding
	}{
		{"no header", nil, identity},
		{"empty header", []string{""}, identity},
		{"Chrome and Firefox", []string{"gzip, deflate, br, zstd"}, brotlied},
		{"Safari", []string{"gzip, deflate, br"}, brotlied},
		{"Go and curl", []string{"gzip"}, gzipped},
		{"zstd alone", []string{"zstd"}, zstandard},
		{"unknown only", []string{"compress, deflate"}, identity},
		{"case does not matter", []string{"GZip"}, gzipped},
		{"the old name of gzip", []string{"x-gzip"}, gzipped},
		{"no space", []string{"gzip,br"}, brotlied},
		{"several lines", []string{"gzip", "br;q=0.5, zstd;q=0.8"}, gzipped},
		{"zero is a no", []string{"br;q=0, gzip"}, gzipped},
		{"zero is a no with decimals", []string{"br;q=0.000, gzip;q=0.0"}, identity},
		{"client's order by weight", []string{"br;q=0.2, gzip;q=0.9, zstd;q=0.3"}, gzipped},
		{"least weight still beats plain", []string{"gzip;q=0.001"}, gzipped},
		{"plain wanted more", []string{"gzip;q=0.5, identity"}, identity},
		{"plain wanted as much", []string{"gzip;q=0.5, identity;q=0.5"}, gzipped},
		{"star", []string{"*"}, brotlied},
		{"star without brotli", []string{"*, br;q=0"}, zstandard},
		{"star at zero leaves what is named", []string{"gzip, *;q=0"}, gzipped},
		{"star at zero rules plain out", []string{"*;q=0"}, noEncoding},
		{"star at zero, plain named", []string{"*;q=0, identity;q=0.1"}, identity},
		{"star at zero, nothing that we have", []string{"compress, *;q=0"}, noEncoding},
		{"identity ruled out, nothing else named", []string{"identity;q=0"}, noEncoding},
		{"identity ruled out", []string{"identity;q=0, gzip;q=0.1"}, gzipped},
		{"identity ruled out under a star", []string{"identity;q=0, *;q=0.1"}, brotlied},
		{"spaces around the weight", []string{"gzip ; q=0.5 ,\tbr ;q=0.4"}, gzipped},
		{"malformed elements are passed over", []string{"br;q=2, zstd;q=x, gzip;level=3, ;;, , deflate"}, identity},
		{"weight above one", []string{"br;q=1.001"}, identity},
		{"too many decimals", []string{"br;q=0.1234, gzip"}, gzipped},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := negotiate(tc.lines, false); got != tc.want {
				t.Errorf("negotiate(%q) = %v, want %v", tc.lines, got, tc.want)
			}
		})
	}
}

func TestNegotiateSmall(t *testing.T) {
	for header, want := range map[string]encoding{
		"gzip, deflate, br, zstd": identity,
		"gzip, identity;q=0":      gzipped,
		"br, *;q=0":               brotlied,
		"identity;q=0":            noEncoding,
	} {
		if got := negotiate([]string{header}, true); got != want {
			t.Errorf("negotiate(%q) of a small page = %v, want %v", header, got, want)
		}
	}
}

func TestNegotiateShortcuts(t *testing.T) {
	for _, header := range []string{"gzip, deflate, br, zstd", "gzip, deflate, br", "br", "gzip", "gzip, deflate"} {
		short, long := negotiate([]string{header}, false), parseAcceptEncoding([]string{header}).choose(false)
		if short != long {
			t.Errorf("%q: shortcut says %v, parser says %v", header, short, long)
		}
	}
}

func TestParseWeight(t *testing.T) {
	for in, want := range map[string]int{"q=1": 1000, "q=0": 0, "Q=0.25": 250, "q=1.000": 1000, "q=0.": 0, " q=0.7 ": 700, "q=0.003": 3} {
		if got, ok := parseWeight(in); !ok || got != want {
			t.Errorf("parseWeight(%q) = %d, %v, want %d", in, got, ok, want)
		}
	}
	for _, in := range []string{"", "q", "q=", "q=.5", "q=2", "q=1.1", "q=0,5", "q=0.1234", "x=1", "q=0.5;x", "q=-1"} {
		if got, ok := parseWeight(in); ok {
			t.Errorf("parseWeight(%q) = %d, want refusal", in, got)
		}
	}
}

// FuzzNegotiate holds that whatever is chosen is not ruled out in so many words,
// and that the order of header lines and of elements on a line says the same.
func FuzzNegotiate(f *testing.F) {
	for _, seed := range []string{"", "gzip, deflate, br, zstd", "*;q=0", "identity;q=0, *", "br;q=0.5, gzip;q=1.0", ";;q=", "\x00,é;q=0.1"} {
		f.Add(seed, false)
	}
	f.Fuzz(func(t *testing.T, header string, small bool) {
		got := negotiate([]string{header}, small)
		if split := negotiate(strings.Split(header, ","), small); split != got {
			t.Errorf("%q: %v on one line, %v on several", header, got, split)
		}
		a := parseAcceptEncoding([]string{header})
		if got == noEncoding {
			if a.of(identity) != 0 {
				t.Errorf("%q: nothing chosen although plain bytes are acceptable", header)
			}
			return
		}
		if a.of(got) == 0 {
			t.Errorf("%q: chose %s, which is ruled out", header, encodingNames[got])
		}
		for e := range encodingCount {
			if !small && a.of(e) > max(a.of(got), 0) {
				t.Errorf("%q: chose %s at %d over %s at %d", header, encodingNames[got], a.of(got), encodingNames[e], a.of(e))
			}
		}
	})
}
