package copydesk

import "strings"

// mailFields are the fields of a message's header that programs show.
var mailFields = wordSet{
	"from": true, "to": true, "cc": true, "bcc": true, "subject": true, "date": true, "sent": true, "reply-to": true,
	"importance": true, "attachments": true,
}

const maxMailFields = 12

// dropMailHeader drops the header of a message that the text was sent as: at least two
// fields at the very top, one of them the sender or the subject.
func (r *reader) dropMailHeader() {
	n, telling := 0, false
	for n < len(r.units) && n < maxMailFields && (n == 0 || !r.units[n].gap) {
		field, _, ok := strings.Cut(r.units[n].text, ":")
		field = strings.ToLower(field)
		if !ok || !mailFields[field] {
			break
		}
		telling = telling || field == "from" || field == "subject"
		n++
	}
	if n < 2 || !telling {
		return
	}
	for i := range n {
		r.drop(i, "e-mail header")
	}
}

const maxSignatureLines = 8

// dropSignature drops what follows a line of two hyphens near the end, as mail programs
// set off a signature, if it is names and addresses only and there is one of them.
func (r *reader) dropSignature() {
	for i := max(1, len(r.units)-maxSignatureLines); i < len(r.units); i++ {
		if r.units[i].text != "--" {
			continue
		}
		telling := false
		for j := i + 1; j < len(r.units); j++ {
			if !isDetail(&r.units[j]) {
				return
			}
			telling = telling || hasAddress(r.units[j].text) || isPersonName(r.units[j].text)
		}
		if !telling {
			return
		}
		for j := i; j < len(r.units); j++ {
			r.drop(j, "e-mail signature")
		}
		return
	}
}
