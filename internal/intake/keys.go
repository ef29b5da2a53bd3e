package intake

import (
	"regexp"
	"slices"
	"strings"
)

// otherKeys are keys that other systems use, and what they are called here. The
// first that is known where the key stands is meant.
var otherKeys = map[string][]string{
	"title": {"headline", "role"}, "author": {"bylines", "name"}, "authors": {"bylines"}, "byline": {"bylines"}, "by": {"bylines"},
	"excerpt": {"standfirst"}, "summary": {"standfirst"}, "description": {"standfirst", "alt"}, "subtitle": {"standfirst"}, "dek": {"standfirst"}, "deck": {"standfirst"},
	"tags": {"topics"}, "tag": {"topics"}, "keywords": {"topics"}, "category": {"section"}, "categories": {"section"},
	"featured_image": {"picture"}, "image": {"picture"}, "cover": {"picture"}, "src": {"file"}, "path": {"file"}, "job": {"role"},
	"publishdate": {"date"}, "published": {"date"}, "pubdate": {"date"}, "published_at": {"date"}, "permalink": {"slug"}, "visibility": {"access"},
}

// meantKey returns the key that one who wrote another probably meant, and "" if
// none is near.
func meantKey(key string, known []string) string {
	lower := strings.ToLower(strings.TrimSpace(key))
	for _, meant := range otherKeys[lower] {
		if slices.Contains(known, meant) {
			return meant
		}
	}
	best, fewest := "", 3
	for _, k := range known {
		// Of a short word, two letters that differ make another word.
		if d := editDistance(lower, k); d < fewest && 2*d < len(lower) {
			best, fewest = k, d
		}
	}
	return best
}

// editDistance returns how many bytes must be put in, taken out or replaced to make
// one word of the other; more than 2 for words that are long.
func editDistance(a, b string) int {
	if len(a) > len(b)+2 || len(b) > len(a)+2 {
		return 3
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, diagonal+cost)
		}
	}
	return row[len(b)]
}

// keyLine matches a line with a key and perhaps its value.
var keyLine = regexp.MustCompile(`^["']?([A-Za-z_]+)["']?\s*:(?:\s|$)`)

// looksLikeKey reports whether the line begins with a key of front matter, as it is
// called here, elsewhere, or nearly so.
func looksLikeKey(line string) bool {
	found := keyLine.FindStringSubmatch(line)
	return found != nil && (slices.Contains(frontMatterKeys, found[1]) || meantKey(found[1], frontMatterKeys) != "")
}
