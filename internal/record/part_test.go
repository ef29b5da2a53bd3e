package record

import (
	"slices"
	"strings"
	"testing"
)

func TestStoredParts(t *testing.T) {
	parts := salt([]Part{{Name: "headline", Text: "Ferry 7 leaves on time"}, {Name: "block.1", Text: "It left.\n"}})
	for i := range parts {
		parts[i].Text = "" // which is not stored
	}
	erased := slices.Clone(parts)
	erased[1].Salt, erased[1].Erased = "", true
	inJSON := func(list []Part) string {
		var lines []string
		for _, p := range list {
			salt := `,"s":"` + p.Salt + `"`
			if p.Erased {
				salt = ""
			}
			lines = append(lines, `{"n":"`+p.Name+`"`+salt+`,"d":"`+p.Digest+`"}`)
		}
		return "[" + strings.Join(lines, ",") + "]"
	}
	for name, c := range map[string]struct {
		stored string
		want   []Part
	}{
		"no parts":          {formatParts(nil), nil},
		"parts":             {formatParts(parts), parts},
		"an erased part":    {formatParts(erased), erased},
		"in JSON":           {inJSON(parts), parts},
		"in JSON, one gone": {inJSON(erased), erased},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := parseParts(c.stored)
			if err != nil || !slices.Equal(got, c.want) {
				t.Errorf("%q is read as %v, %v; want %v", c.stored, got, err, c.want)
			}
		})
	}
}

func TestStoredPartsThatAreDamaged(t *testing.T) {
	whole := formatParts(salt([]Part{{Name: "headline", Text: "Ferry 7 leaves on time"}}))
	for name, stored := range map[string]string{
		"cut off":          whole[:len(whole)-4],
		"no digest":        "headline AAAAAAAAAAAAAAAAAAAAAA\n",
		"only a name":      "headline\n",
		"no base64":        strings.Replace(whole, " ", " !", 1),
		"a short salt":     "headline AAAA" + whole[strings.LastIndexByte(whole, ' '):],
		"JSON cut off":     `[{"n":"headline"`,
		"JSON, odd digest": `[{"n":"headline","d":"abc"}]`,
	} {
		t.Run(name, func(t *testing.T) {
			if parts, err := parseParts(stored); err == nil {
				t.Errorf("%q is read as %v", stored, parts)
			}
		})
	}
}
