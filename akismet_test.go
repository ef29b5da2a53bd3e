package standfirst_test

import (
	"strings"
	"testing"

	"standfirst"
)

func TestAkismetIsOffByItself(t *testing.T) {
	if d := standfirst.DefaultDiscussion(); d.Akismet.On() {
		t.Error("Akismet is asked although nobody said so")
	}
}

func TestAkismetKeyIsMasked(t *testing.T) {
	for key, want := range map[string]string{"": "", "abc": "…", "abcdefg": "…", "abcdefgh": "…efgh", "0123456789ab": "…89ab"} {
		if got := (standfirst.Akismet{Key: key}).Masked().Key; got != want {
			t.Errorf("of %q is shown %q, want %q", key, got, want)
		}
	}
}

func TestAkismetValidate(t *testing.T) {
	for _, good := range []standfirst.Akismet{
		{}, {Key: "berth7"}, {Key: "berth7", Address: "https://spam.harbour.example/1.1"}, {Key: "berth7", Address: "http://127.0.0.1:8080/1.1"}, {Key: "berth7", Address: "http://[::1]:8080/"},
	} {
		if err := good.Validate(); err != nil {
			t.Errorf("%+v: %v", good, err)
		}
	}
	for _, bad := range []standfirst.Akismet{
		{Key: "two words"}, {Key: "k\n"}, {Key: strings.Repeat("k", 300)}, {Address: "https://spam.harbour.example"}, {Key: "k", Address: "http://spam.harbour.example/1.1"},
		{Key: "k", Address: "spam.harbour.example"}, {Key: "k", Address: "ftp://127.0.0.1/"}, {Key: "k", Address: "https://user:pass@spam.harbour.example/"},
		{Key: "k", Address: "https://spam.harbour.example/?a=b"}, {Key: "k", Address: "https://spam.harbour.example/" + strings.Repeat("a", 300)},
	} {
		if err := bad.Validate(); err == nil || standfirst.KindOf(err) != standfirst.Invalid {
			t.Errorf("%+v: %v", bad, err)
		}
	}
}
