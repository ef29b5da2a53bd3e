package standfirst

import (
	"strings"
	"testing"
)

func TestVoiceThatCanStand(t *testing.T) {
	for name, v := range map[string]Voice{
		"name alone": {Text: "Yes.", Speaker: Speaker{Name: "dockside_9"}},
		"all":        {Text: "Yes.\n\nNo.", Speaker: Speaker{"Ida Holm", "Head of Freight", "Quay Haulage"}, Disclosure: "holds Northwind shares"},
		"at":         {Text: "Yes.", Speaker: Speaker{"Ida Holm", "Driver at large", "Quay Haulage"}, Disclosure: "was paid · for a talk"},
		"suffix":     {Text: "Yes.", Speaker: Speaker{Name: "Ada Bray", Affiliation: "Saltmarsh, Hull and Sons"}},
	} {
		if err := v.Validate(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if _, _, ok := ParseVoiceLine("— " + v.Line()); !ok {
			t.Errorf("%s: %q is no line of a voice", name, v.Line())
		}
	}
}

func TestVoiceThatCannotStand(t *testing.T) {
	for name, v := range map[string]Voice{
		"nothing said":          {Text: " \n\n ", Speaker: Speaker{Name: "Ida Holm"}},
		"nobody":                {Text: "Yes."},
		"no letter":             {Text: "Yes.", Speaker: Speaker{Name: "·"}},
		"two lines of a name":   {Text: "Yes.", Speaker: Speaker{Name: "Ida\n> Holm"}},
		"a role in the name":    {Text: "Yes.", Speaker: Speaker{Name: "Ida Holm, Minister"}},
		"a dot in the role":     {Text: "Yes.", Speaker: Speaker{Name: "Ida Holm", Role: "Driver · holds nothing"}},
		"a semicolon":           {Text: "Yes.", Speaker: Speaker{Name: "Ida Holm", Affiliation: "Quay; holds nothing"}},
		"a claim of an address": {Text: "Yes.", Speaker: Speaker{Name: "Ida Holm"}, Disclosure: "Employer address confirmed"},
		"a dash":                {Text: "Yes.\n\n— The Minister", Speaker: Speaker{Name: "Ida Holm"}},
		"too long":              {Text: strings.Repeat("x", MaxVoiceWords+1), Speaker: Speaker{Name: "Ida Holm"}},
		"a long name":           {Text: "Yes.", Speaker: Speaker{Name: strings.Repeat("x", MaxVoicePart+1)}},
	} {
		if err := v.Validate(); KindOf(err) != Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestVoiceShowsAnAddress(t *testing.T) {
	v := VoiceRecord{Employer: true, Voice: Voice{Speaker: Speaker{Name: "Ida Holm", Affiliation: "Quay Haulage"}}}
	if got := v.Shown().Line(); got != "Ida Holm, Quay Haulage · employer address confirmed" {
		t.Errorf("got %q", got)
	}
	v.Voice.Disclosure = "holds shares"
	if got := v.Shown().Line(); got != "Ida Holm, Quay Haulage · employer address confirmed · holds shares" {
		t.Errorf("got %q", got)
	}
	v.Voice.Speaker.Affiliation = ""
	if got := v.Shown().Line(); got != "Ida Holm · holds shares" {
		t.Errorf("got %q", got)
	}
}
