package mail

import (
	"fmt"
	"strings"
	"testing"

	"standfirst"
)

func TestParseServer(t *testing.T) {
	for address, want := range map[string]Server{
		"smtp://mx.example:2525?from=desk@harbour.example":               {host: "mx.example", port: 2525, from: "desk@harbour.example"},
		"smtp://jane:a%2Fb%40c@mx.example?from=d@h.example":              {host: "mx.example", port: 587, user: "jane", password: "a/b@c", from: "d@h.example"},
		"smtp://jane%40mx.example:x@mx.example/?from=d@h.example":        {host: "mx.example", port: 587, user: "jane@mx.example", password: "x", from: "d@h.example"},
		"smtps://mx.example?from=d@h.example":                            {host: "mx.example", port: 465, from: "d@h.example", encryption: implicitTLS},
		"SMTPS://mx.example:4650?from=d@h.example":                       {host: "mx.example", port: 4650, from: "d@h.example", encryption: implicitTLS},
		"smtp://mx.example:25?tls=none&from=d@h.example":                 {host: "mx.example", port: 25, from: "d@h.example", encryption: inTheClear},
		"smtp://localhost:1025?from=d@h.example":                         {host: "localhost", port: 1025, from: "d@h.example", encryption: inTheClear},
		"smtp://jane:x@[::1]:1025?from=d@h.example":                      {host: "::1", port: 1025, user: "jane", password: "x", from: "d@h.example", encryption: inTheClear},
		"smtp://127.0.0.1?from=d@h.example&tls=required":                 {host: "127.0.0.1", port: 587, from: "d@h.example"},
		"smtp://localhost.elsewhere.example?from=newsdesk%2Ba@h.example": {host: "localhost.elsewhere.example", port: 587, from: "newsdesk+a@h.example"},
	} {
		got, err := ParseServer(address)
		if err != nil || got != want {
			t.Errorf("%s: %#v, %v", address, got, err)
		}
	}
}

func TestParseServerRefuses(t *testing.T) {
	for address, want := range map[string]string{
		"":                                   "smtp://user:password@host:587",
		"mx.example:587":                     "smtp://user:password@host:587",
		"http://mx.example?from=d@h.example": "smtp://user:password@host:587",
		"smtp:mx.example?from=d@h.example":   "smtp://user:password@host:587",
		"smtp://jane:se#cret@mx.example?from=d@h.example":            "",
		"smtp://jane:se%cret@mx.example?from=d@h.example":            "%25",
		"smtp://jane:se cret\n@mx.example?from=d@h.example":          "",
		"smtp://?from=d@h.example":                                   "needs a host",
		"smtp://jane:secret@mx.example/box?from=d@h.example":         "needs a host",
		"smtp://jane:secret@mx.example?from=d@h.example#secret":      "needs a host",
		"smtp://jane@mx.example?from=d@h.example":                    "both a user and a password",
		"smtp://:secret@mx.example?from=d@h.example":                 "both a user and a password",
		"smtp://jane:secret@mx.example":                              "?from=",
		"smtp://jane:secret@mx.example?from=secret":                  "?from=",
		"smtp://jane:secret@mx.example?from=a@b.example&from=secret": "once each",
		"smtp://jane:secret@mx.example?from=a@b.example&user=secret": "nothing else",
		"smtp://jane:secret@mx.example?from=a@b.example&x=%secret":   "cannot be read",
		"smtp://mx.example?from=a@b.example&tls=maybe":               "none or required",
		"smtps://mx.example?from=a@b.example&tls=none":               "smtp:// only",
		"smtp://jane:secret@mx.example?from=a@b.example&tls=none":    "without encryption",
		"smtp://mx.example:0?from=a@b.example":                       "from 1 to 65535",
		"smtp://mx.example:70000?from=a@b.example":                   "from 1 to 65535",
	} {
		_, err := ParseServer(address)
		if err == nil || standfirst.KindOf(err) != standfirst.Invalid || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want an Invalid error with %q", address, err, want)
			continue
		}
		if strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: the error repeats the password: %v", address, err)
		}
	}
}

func TestServersDoNotTellTheirPassword(t *testing.T) {
	server, err := ParseServer("smtps://jane:secret@mx.example?from=desk@harbour.example")
	if err != nil {
		t.Fatal(err)
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
		if got := fmt.Sprintf(verb, server); got != "smtps://mx.example:465 from desk@harbour.example" {
			t.Errorf("%s: %s", verb, got)
		}
		if got := fmt.Sprintf(verb, &server); strings.Contains(got, "secret") {
			t.Errorf("%s of a pointer: %s", verb, got)
		}
	}
}

func FuzzParseServer(f *testing.F) {
	f.Add("smtp://jane:a%2Fb@mx.example:587?from=desk@harbour.example")
	f.Add("smtps://[::1]:465?from=d@h.example&tls=none")
	f.Fuzz(func(t *testing.T, address string) {
		s, err := ParseServer(address)
		if err != nil {
			if standfirst.KindOf(err) != standfirst.Invalid {
				t.Errorf("%q: %v", address, err)
			}
			return
		}
		if s.host == "" || s.port < 1 || s.port > 65535 || standfirst.ValidateEmail(s.from) != nil || (s.user == "") != (s.password == "") {
			t.Errorf("%q: %#v", address, s)
		}
		if s.encryption == inTheClear && s.user != "" && !isLoopback(s.host) {
			t.Errorf("%q: a password in the clear", address)
		}
	})
}
