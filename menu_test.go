package standfirst

import (
	"strings"
	"testing"
)

func TestMenuItem(t *testing.T) {
	for item, good := range map[MenuItem]bool{
		{Section: 3}:                               true,
		{Page: 3, Label: "Who we are"}:             true,
		{Address: "/deals", Label: "Deals"}:        true,
		{Address: "/?p=1", Label: "Old"}:           true,
		{Address: "https://a.example", Label: "A"}: true,
		{}:                                           false,
		{Section: 3, Page: 4}:                        false,
		{Address: "/deals"}:                          false,
		{Address: "deals", Label: "Deals"}:           false,
		{Address: "//a.example", Label: "A"}:         false,
		{Address: `/\a.example`, Label: "A"}:         false,
		{Address: "https:a.example", Label: "A"}:     false,
		{Address: "https://b@a.example", Label: "A"}: false,
		{Address: "javascript:alert(1)", Label: "A"}: false,
		{Section: 3, Label: strings.Repeat("a", 81)}: false,
	} {
		if err := item.Validate(); (err == nil) != good || err != nil && KindOf(err) != Invalid {
			t.Errorf("%+v: %v", item, err)
		}
	}
}
