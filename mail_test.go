package standfirst_test

import (
	"encoding/json"
	"strings"
	"testing"

	"standfirst"
)

func welcome() standfirst.Mail {
	return standfirst.Mail{
		To: "ida@quayside.example", ToName: "Ida Brandt", Subject: "Tomorrow's edition", Text: "It goes out at six.\n",
		Unsubscribe: "https://harbour.example/unsubscribe/abc?edition=morning", Key: "edition/12/ida",
	}
}

func TestMailValidate(t *testing.T) {
	for name, tc := range map[string]struct {
		change func(*standfirst.Mail)
		want   string // in the message; empty for none
	}{
		"as it should be":          {func(*standfirst.Mail) {}, ""},
		"letters of all languages": {func(m *standfirst.Mail) { m.ToName, m.Subject = "Søren Łoś", "Zinsen: +0,25 % – 日経" }, ""},
		"nothing that may lack":    {func(m *standfirst.Mail) { m.ToName, m.Unsubscribe, m.Key = "", "", "" }, ""},
		"tabs and empty lines":     {func(m *standfirst.Mail) { m.Text = "\tOne\n\n\tTwo" }, ""},
		"the longest text":         {func(m *standfirst.Mail) { m.Text = strings.Repeat("x", standfirst.MaxMailText) }, ""},

		"no address":                {func(m *standfirst.Mail) { m.To = "" }, "address is needed"},
		"two addresses":             {func(m *standfirst.Mail) { m.To = "a@b.example,c@d.example" }, "not an e-mail address"},
		"header in the address":     {func(m *standfirst.Mail) { m.To = "a@b.example\r\nBcc: c@d.example" }, "not an e-mail address"},
		"header in the name":        {func(m *standfirst.Mail) { m.ToName = "Ida\r\nBcc: c@d.example" }, "name of the recipient"},
		"header in the subject":     {func(m *standfirst.Mail) { m.Subject = "Hello\nBcc: c@d.example" }, "subject has a control"},
		"carriage return alone":     {func(m *standfirst.Mail) { m.Subject = "Hello\rBcc: c@d.example" }, "subject has a control"},
		"next line (U+0085)":        {func(m *standfirst.Mail) { m.Subject = "Hello\u0085Bcc: c@d.example" }, "subject has a control"},
		"line separator":            {func(m *standfirst.Mail) { m.Subject = "Hello\u2028Bcc: c@d.example" }, "line break"},
		"header in the key":         {func(m *standfirst.Mail) { m.Key = "a\nb" }, "key has a control"},
		"header in the unsubscribe": {func(m *standfirst.Mail) { m.Unsubscribe += "\r\nBcc: c@d.example" }, "https://"},
		"second unsubscribe":        {func(m *standfirst.Mail) { m.Unsubscribe += ">, <https://elsewhere.example" }, "https://"},
		"unsubscribe in the clear":  {func(m *standfirst.Mail) { m.Unsubscribe = "http://harbour.example/u" }, "https://"},
		"unsubscribe without host":  {func(m *standfirst.Mail) { m.Unsubscribe = "https:///u" }, "https://"},
		"unsubscribe by mail":       {func(m *standfirst.Mail) { m.Unsubscribe = "mailto:a@b.example" }, "https://"},
		"unsubscribe too long":      {func(m *standfirst.Mail) { m.Unsubscribe += strings.Repeat("x", standfirst.MaxMailUnsubscribe) }, "at most"},
		"no subject":                {func(m *standfirst.Mail) { m.Subject = "  " }, "needs a subject"},
		"subject too long":          {func(m *standfirst.Mail) { m.Subject = strings.Repeat("x", standfirst.MaxMailSubject+1) }, "at most"},
		"subject not UTF-8":         {func(m *standfirst.Mail) { m.Subject = "\xff" }, "not UTF-8"},
		"no text":                   {func(m *standfirst.Mail) { m.Text = "\n" }, "needs a text"},
		"text too long":             {func(m *standfirst.Mail) { m.Text = strings.Repeat("x", standfirst.MaxMailText+1) }, "at most"},
		"text not UTF-8":            {func(m *standfirst.Mail) { m.Text = "a\xc3" }, "not UTF-8"},
		"text of a typewriter":      {func(m *standfirst.Mail) { m.Text = "one\r\ntwo" }, "line feed alone"},
		"NUL in the text":           {func(m *standfirst.Mail) { m.Text = "a\x00b" }, "control character"},
	} {
		t.Run(name, func(t *testing.T) {
			m := welcome()
			tc.change(&m)
			err := m.Validate()
			switch {
			case tc.want == "" && err != nil:
				t.Error(err)
			case tc.want != "" && (err == nil || standfirst.KindOf(err) != standfirst.Invalid || !strings.Contains(err.Error(), tc.want)):
				t.Errorf("%v, want an Invalid error with %q", err, tc.want)
			}
		})
	}
}

func TestMailJob(t *testing.T) {
	job, err := welcome().Job()
	if err != nil {
		t.Fatal(err)
	}
	if job.Kind != standfirst.JobSendMail || job.Key != "mail:edition/12/ida" || job.MaxAttempts != standfirst.MailAttempts {
		t.Errorf("%+v", job)
	}
	var m standfirst.Mail
	if err := json.Unmarshal(job.Payload, &m); err != nil || m != welcome() {
		t.Errorf("%+v, %v", m, err)
	}
	m.Key = ""
	if job, err = m.Job(); err != nil || job.Key != "" {
		t.Errorf("key %q, %v", job.Key, err)
	}
	m.Subject = "Hello\nBcc: c@d.example"
	if _, err = m.Job(); err == nil {
		t.Error("a job was made of a mail that cannot be sent")
	}
}
