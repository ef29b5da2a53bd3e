package standfirst

import (
	"net/url"
	"regexp"
	"strings"
)

// creativeCommons are the names of the licences of Creative Commons, as people write them.
var creativeCommons = regexp.MustCompile(`(?i)^CC[ -](BY(?:-NC)?(?:-(?:SA|ND))?)[ -]([1-4]\.[0-9])$`)

// ReadLicence returns under what name a licence is shown, and the address of its text; empty
// where there is none. The address is one that stands in the words, or that of a licence of
// Creative Commons which they name with its version.
func ReadLicence(words string) (name, address string) {
	words = strings.TrimSpace(words)
	if found := creativeCommons.FindStringSubmatch(words); found != nil {
		return words, "https://creativecommons.org/licenses/" + strings.ToLower(found[1]) + "/" + found[2] + "/"
	}
	if strings.EqualFold(words, "CC0 1.0") || strings.EqualFold(words, "CC0") {
		return words, "https://creativecommons.org/publicdomain/zero/1.0/"
	}
	fields := strings.Fields(words)
	for i, field := range fields {
		link := strings.Trim(field, "()<>[],;")
		u, err := url.Parse(link)
		if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil {
			continue
		}
		rest := strings.Join(append(fields[:i:i], fields[i+1:]...), " ")
		if rest = strings.Trim(rest, " ,;"); rest == "" {
			rest = u.Host + strings.TrimSuffix(u.EscapedPath(), "/")
		}
		return rest, u.String()
	}
	return words, ""
}
