package standfirst

import (
	"strings"
	"testing"
)

func TestReadLicence(t *testing.T) {
	for words, want := range map[string][2]string{
		"CC BY 4.0":                        {"CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"},
		"cc by-nc-sa 3.0":                  {"cc by-nc-sa 3.0", "https://creativecommons.org/licenses/by-nc-sa/3.0/"},
		"CC-BY-ND-2.0":                     {"CC-BY-ND-2.0", "https://creativecommons.org/licenses/by-nd/2.0/"},
		"CC0":                              {"CC0", "https://creativecommons.org/publicdomain/zero/1.0/"},
		"CC BY":                            {"CC BY", ""}, // of which version nobody has said
		"CC BY 4.0, cropped":               {"CC BY 4.0, cropped", ""},
		"Public domain":                    {"Public domain", ""},
		"":                                 {"", ""},
		"Open terms (https://a.example/t)": {"Open terms", "https://a.example/t"},
		"https://a.example/terms/":         {"a.example/terms", "https://a.example/terms/"},
		"javascript:alert(1)":              {"javascript:alert(1)", ""},
		"ftp://a.example/x":                {"ftp://a.example/x", ""},
		"https://u:p@a.example/x":          {"https://u:p@a.example/x", ""},
	} {
		if name, address := ReadLicence(words); name != want[0] || address != want[1] {
			t.Errorf("%q is %q at %q, want %q", words, name, address, want)
		}
	}
}

// FuzzReadLicence holds that whatever stands there, its address leads to the web.
func FuzzReadLicence(f *testing.F) {
	for _, seed := range []string{"CC BY 4.0", "Terms (https://a.example/\"x)", "javascript:https://a.example", "https://\x00", "CC0"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, words string) {
		name, address := ReadLicence(words)
		if address != "" && !strings.HasPrefix(address, "https://") && !strings.HasPrefix(address, "http://") {
			t.Errorf("%q leads to %q", words, address)
		}
		if address != "" && name == "" || strings.TrimSpace(words) != "" && name == "" {
			t.Errorf("%q has no name", words)
		}
	})
}
