package account

import (
	"context"
	"strconv"
	"text/template"

	"standfirst"
	"standfirst/internal/store"
)

// maxTestMails is how many test mails one member has sent within [AttemptWindow].
const maxTestMails = 6

var testLetter = template.Must(template.ParseFS(letterFiles, "letters/test.txt"))

// SendTestMail sends the member, who manages the settings, a mail that says that mails
// arrive. It returns a TooMany error if there were enough of them.
func (a *Accounts) SendTestMail(ctx context.Context, s standfirst.Staff) error {
	if err := s.Actor().Require(standfirst.ManageSettings); err != nil {
		return err
	}
	now := a.clock()
	sent := subject{"test mails of " + strconv.FormatInt(int64(s.ID), 10), maxTestMails}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		full, err := reached(&tx.ReadTx, now, sent)
		if err == nil && full {
			err = standfirst.Errorf(standfirst.TooMany, "there were %d test mails; wait %d minutes", maxTestMails, int(AttemptWindow.Minutes()))
		}
		if err != nil {
			return err
		}
		if err := countAll(tx, now, sent); err != nil {
			return err
		}
		pub, err := tx.Publication()
		if err != nil {
			return err
		}
		data := struct{ Publication, At string }{pub.Name, now.In(pub.Location()).Format("2 January 2006, 15:04:05 MST")}
		if err := enqueueMail(tx, s.Email, testLetter, data, now); err != nil {
			return err
		}
		return audit(tx, s.Actor(), "send a test mail", s.ID, "")
	})
}
