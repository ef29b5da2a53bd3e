package desk

import (
	"fmt"
	"strings"

	"standfirst"
)

// talkAkismet says whether a service outside is asked about comments.
type talkAkismet struct {
	State   string // in words
	On      bool
	Address string // as it was typed, or as it is
}

// akismet returns what the settings say of Akismet; nothing of the key but how it ends.
func (m *member) akismet(a standfirst.Akismet) *talkAkismet {
	if !a.On() {
		return &talkAkismet{State: m.Text("desk.talk.akismet.is.off"), Address: a.Address}
	}
	return &talkAkismet{State: m.Text("desk.talk.akismet.is.on", a.Key), On: true, Address: a.Address}
}

// setAkismet saves the key, or ends that Akismet is asked. A key is never sent to the page,
// so that it is typed again to change the address.
func (m *member) setAkismet() error {
	v := func(name string) string { return strings.TrimSpace(m.r.PostFormValue(name)) }
	typed := standfirst.Akismet{Key: v("akismet-key"), Address: v("akismet-address")}
	var err error
	switch {
	case m.r.PostFormValue("do") == "off":
		typed = standfirst.Akismet{}
	case typed.Key == "":
		err = standfirst.Errorf(standfirst.Invalid, "type the key of Akismet; it is not shown again, and typed anew with every change")
	}
	if err == nil {
		err = m.talk.SetAkismet(m.r.Context(), m.staff.Actor(), typed)
	}
	if status, words := m.refusal(err); words != "" {
		return m.refuseAkismet(status, typed, words)
	}
	if err != nil {
		return fmt.Errorf("desk: settings of Akismet: %w", err)
	}
	m.goBack(talkPrefix+"/settings", "saved", "", 0)
	return nil
}

// refuseAkismet shows the settings again with the address that was typed.
func (m *member) refuseAkismet(status int, typed standfirst.Akismet, words string) error {
	s := scope{name: standfirst.PublicationScope, above: standfirst.DefaultDiscussion()}
	is, err := m.talk.SettingsOf(m.r.Context(), s.name)
	if err != nil {
		return err
	}
	form := formOf(is, s)
	is.Akismet.Address = typed.Address
	return m.talkSettingsPage(status, s, is, form, words, guard{})
}
