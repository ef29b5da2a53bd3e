package pagecache

import "strings"

// encoding is a content coding that the cache can serve.
type encoding uint8

const (
	identity encoding = iota
	gzipped
	brotlied
	zstandard
	encodingCount
	// noEncoding means that the client accepts none of the others, not even identity.
	noEncoding encoding = 255
)

// encodingNames are the registered names, by encoding.
var encodingNames = [encodingCount]string{identity: "identity", gzipped: "gzip", brotlied: "br", zstandard: "zstd"}

// preference is the order in which equally welcome encodings are chosen. A form is
// made once and sent many times, so the one that makes pages smallest stands first.
var preference = [...]encoding{brotlied, zstandard, gzipped, identity}

// negotiate returns the encoding to answer with, given the Accept-Encoding header
// lines of a request. With small set, identity is chosen wherever it is acceptable.
func negotiate(lines []string, small bool) encoding {
	switch len(lines) {
	case 0: // anything would do; plain bytes are understood by everybody
		return identity
	case 1:
		// What nearly every client sends, spelled out to keep the common case cheap.
		// TestNegotiateShortcuts holds these against the parser.
		if !small {
			switch lines[0] {
			case "gzip, deflate, br, zstd", "gzip, deflate, br", "br":
				return brotlied
			case "gzip", "gzip, deflate":
				return gzipped
			}
		}
	}
	return parseAcceptEncoding(lines).choose(small)
}

// unlisted is the weight of a coding that Accept-Encoding does not name.
const unlisted = -1

// acceptance is what Accept-Encoding says: a weight in thousandths for each
// encoding and for all those not named ("*").
type acceptance struct {
	weight [encodingCount]int
	others int
}

// parseAcceptEncoding reads the header lines as RFC 9110, section 12.5.3, writes
// them. Codings that are not known and elements that are malformed are passed over;
// where one coding stands twice, the later counts.
func parseAcceptEncoding(lines []string) acceptance {
	a := acceptance{weight: [encodingCount]int{unlisted, unlisted, unlisted, unlisted}, others: unlisted}
	for _, line := range lines {
		for line != "" {
			var element string
			element, line, _ = strings.Cut(line, ",")
			coding, params, weighted := strings.Cut(element, ";")
			weight := 1000
			if weighted {
				var ok bool
				if weight, ok = parseWeight(params); !ok {
					continue
				}
			}
			a.set(strings.Trim(coding, " \t"), weight)
		}
	}
	return a
}

// set records the weight of a coding, if the coding is known.
func (a *acceptance) set(coding string, weight int) {
	if coding == "*" {
		a.others = weight
		return
	}
	if strings.EqualFold(coding, "x-gzip") { // RFC 9110, section 8.4.1.3
		coding = encodingNames[gzipped]
	}
	for e, name := range encodingNames {
		if strings.EqualFold(coding, name) {
			a.weight[e] = weight
		}
	}
}

// of returns the weight of an encoding in thousandths, 0 if it is not acceptable,
// and unlisted only for an identity that is neither named nor covered by "*": it is
// acceptable, after everything that is named.
func (a acceptance) of(e encoding) int {
	switch {
	case a.weight[e] != unlisted:
		return a.weight[e]
	case a.others != unlisted:
		return a.others
	case e == identity:
		return unlisted
	default:
		return 0
	}
}

// choose returns the encoding of the greatest weight, the preferred one among
// equals, or noEncoding.
func (a acceptance) choose(small bool) encoding {
	if small && a.of(identity) != 0 {
		return identity
	}
	best, weight := noEncoding, 0
	for _, e := range preference {
		if w := a.of(e); w > weight {
			best, weight = e, w
		}
	}
	if best == noEncoding && a.of(identity) == unlisted {
		return identity
	}
	return best
}

// parseWeight reads the parameters of an element, of which only "q" is allowed:
// "q=" and 0 to 1 with up to three decimals. It returns thousandths.
func parseWeight(params string) (int, bool) {
	params = strings.Trim(params, " \t")
	if len(params) < 3 || (params[0] != 'q' && params[0] != 'Q') || params[1] != '=' {
		return 0, false
	}
	whole, decimals := params[2], params[3:]
	if whole != '0' && whole != '1' {
		return 0, false
	}
	weight := int(whole-'0') * 1000
	if decimals == "" {
		return weight, true
	}
	if decimals[0] != '.' || len(decimals) > 4 {
		return 0, false
	}
	place := 100
	for i := 1; i < len(decimals); i++ {
		if decimals[i] < '0' || decimals[i] > '9' {
			return 0, false
		}
		weight += int(decimals[i]-'0') * place
		place /= 10
	}
	return weight, weight <= 1000
}
