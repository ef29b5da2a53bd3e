package account

import (
	"strings"
	"testing"

	"standfirst"
)

// TestInvite holds that the mail has the link that lets the new colleague in, and that a new
// link makes the one of before useless.
func TestInvite(t *testing.T) {
	onEachSite(t, func(d *deskFixture) {
		sent, err := d.Invite(t.Context(), standfirst.Command(), standfirst.Staff{Email: " Jane@Ledger.example", Name: "Jane Roe", Role: standfirst.Reporter}, "https://ledger.example/")
		d.must(err)
		mails := d.mails()
		if len(mails) != 1 || mails[0].To != jane || !strings.Contains(mails[0].Text, sent.Address+"\n") || mails[0].Subject != "Your place at the desk of The Harbour Ledger" {
			t.Fatalf("the mails are %+v", mails)
		}
		first, ok := strings.CutPrefix(sent.Address, "https://ledger.example/desk/link/")
		if !ok {
			t.Fatalf("the address is %s", sent.Address)
		}
		again, err := d.SendLink(t.Context(), standfirst.Command(), jane, "https://ledger.example")
		d.must(err)
		_, err = d.LinkFor(t.Context(), first)
		d.wantKind(err, standfirst.NotFound)
		_, err = d.UseLink(t.Context(), again.Address[strings.LastIndex(again.Address, "/")+1:], good, here)
		d.must(err)
		_, err = d.Invite(t.Context(), standfirst.Command(), standfirst.Staff{Email: jane, Name: "Another", Role: standfirst.Editor}, "https://ledger.example")
		d.wantKind(err, standfirst.Conflict)
		if mails := d.mails(); len(mails) != 1 {
			t.Errorf("what was refused left a mail: %+v", mails)
		}
	})
}
