package discuss

import (
	"embed"
	"encoding/json"
	"strings"
	"sync"
	"text/template"
	"time"

	"golang.org/x/net/publicsuffix"

	"standfirst"
	"standfirst/internal/markup"
	"standfirst/internal/store"
)

//go:embed mail/*.txt
var mailFiles embed.FS

// mailTexts are parsed when the first is written, as letterWords are.
var mailTexts = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("").Option("missingkey=error").ParseFS(mailFiles, "mail/*.txt"))
})

// asking is one mail that asks a writer for a voice.
type asking struct {
	actor  standfirst.Actor
	voice  standfirst.VoiceRecord
	reader standfirst.Commenter
	site   string
	key    string
}

// voiceMail is what the text of the mail names.
type voiceMail struct {
	Name, By, Publication, Headline string
	Paragraphs                      []string
	Line, Link, Site                string
	Employer, Domain                string // empty where nothing is said of the address
}

// enqueue has the mail sent once the transaction is done.
func (a asking) enqueue(tx *store.Tx) error {
	pub, err := tx.Publication()
	if err != nil {
		return err
	}
	site := strings.TrimSuffix(a.site, "/")
	if site == "" {
		site = strings.TrimSuffix(pub.BaseURL, "/")
	}
	if site == "" {
		return standfirst.Errorf(standfirst.Conflict, "nobody has said at which address readers find this publication, so the mail could not lead back to it; set it with: standfirst init --base-url")
	}
	story, err := tx.Story(a.voice.Story)
	if err != nil {
		return err
	}
	revision, err := tx.Revision(story.Current)
	if err != nil {
		return err
	}
	m := voiceMail{
		Name: a.voice.Voice.Speaker.Name, By: a.by(), Publication: pub.Name, Headline: revision.Content.Headline,
		Paragraphs: a.voice.Voice.Paragraphs(), Line: a.voice.Voice.Line(), Link: site + VoicePath(a.voice.ID, a.key), Site: site,
	}
	if a.voice.Employer && a.voice.Voice.Speaker.Affiliation != "" {
		m.Employer, m.Domain = standfirst.EmployerConfirmed, a.voice.Domain
	}
	var text strings.Builder
	if err := mailTexts().ExecuteTemplate(&text, "voice.txt", m); err != nil {
		return err
	}
	job, err := standfirst.Mail{
		To: a.reader.Email, ToName: markup.CleanName(a.reader.Name), Subject: markup.CleanLine("May "+pub.Name+" quote you?", 120), Text: text.String(),
		Key: "voice/" + a.voice.ID.String(),
	}.Job()
	if err != nil {
		return err
	}
	job.RunAt = a.voice.CreatedAt
	_, err = tx.Enqueue(job)
	return err
}

// by names who asks.
func (a asking) by() string {
	if a.actor.Kind == standfirst.ActorStaff {
		return a.actor.Name
	}
	return "An editor"
}

// SettleVoice has the story of the voice brought in step with what became of it, at the
// time or soon after.
func SettleVoice(tx *store.Tx, id standfirst.VoiceID, at time.Time) error {
	payload, err := json.Marshal(standfirst.VoiceSettling{Voice: id})
	if err != nil {
		return err
	}
	_, err = tx.Enqueue(standfirst.Job{Kind: standfirst.JobSettleVoice, Key: string(standfirst.JobSettleVoice) + ":" + id.String(), Payload: payload, RunAt: at})
	return err
}

// publicMail are providers at which anybody gets an address. The list need not be whole:
// the desk enters the domain, and is told of the best known.
var publicMail = map[string]bool{
	"aol.com": true, "fastmail.com": true, "gmail.com": true, "gmx.com": true, "gmx.de": true, "gmx.net": true, "googlemail.com": true, "hey.com": true,
	"hotmail.com": true, "hotmail.co.uk": true, "icloud.com": true, "laposte.net": true, "libero.it": true, "live.com": true, "mac.com": true,
	"mail.com": true, "mail.ru": true, "me.com": true, "msn.com": true, "orange.fr": true, "outlook.com": true, "pm.me": true, "proton.me": true,
	"protonmail.com": true, "qq.com": true, "t-online.de": true, "tutanota.com": true, "web.de": true, "yahoo.co.uk": true, "yahoo.com": true,
	"yandex.com": true, "yandex.ru": true, "ymail.com": true, "zoho.com": true, "163.com": true,
}

// validateDomain returns an Invalid error unless the domain is empty or can be that of one
// organisation.
func validateDomain(domain string) error {
	if domain == "" {
		return nil
	}
	if err := standfirst.ValidateEmail("x@" + domain); err != nil {
		return standfirst.Errorf(standfirst.Invalid, "%q is no domain such as quay.example", domain)
	}
	own, err := publicsuffix.EffectiveTLDPlusOne(domain)
	switch {
	case err != nil:
		return standfirst.Errorf(standfirst.Invalid, "under %s anybody can have an address", domain)
	case publicMail[own]:
		return standfirst.Errorf(standfirst.Invalid, "%s gives addresses to everybody, so one of them says nothing about an employer", own)
	}
	return nil
}

// atDomain reports whether the address is one of the domain or below it.
func atDomain(address, domain string) bool {
	if domain == "" || validateDomain(domain) != nil {
		return false
	}
	_, host, _ := strings.Cut(address, "@")
	return host == domain || strings.HasSuffix(host, "."+domain)
}
