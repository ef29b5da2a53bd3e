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

const maxCoverWords = 14

// greetings begin the line that a reporter sends copy with.
var greetings = wordSet{
	"hi": true, "hello": true, "hey": true, "dear": true, "morning": true, "afternoon": true, "evening": true, "greetings": true,
}

// greeted are whom such a line speaks to.
var greeted = wordSet{
	"desk": true, "all": true, "team": true, "everyone": true, "both": true, "there": true, "folks": true, "colleagues": true,
	"editor": true, "editors": true, "news": true, "newsdesk": true, "again": true,
}

// coverWords tell that a line speaks of copy that comes with it.
var coverWords = wordSet{
	"below": true, "attached": true, "enclosed": true, "pasted": true, "follows": true, "herewith": true,
}

// coverSubjects begin a cover line without a greeting: "Copy below."
var coverSubjects = wordSet{"copy": true, "story": true, "draft": true, "piece": true, "text": true, "article": true}

// dropCoverNote drops the first line if it is the greeting that copy was sent with and a
// blank line and a story with its headline follow.
func (r *reader) dropCoverNote() {
	i := r.next(0)
	head := r.next(i + 1)
	if head >= len(r.units) || !r.units[head].gap || !isCoverNote(&r.units[i]) {
		return
	}
	if h := &r.units[head]; h.prose || h.words < minTitleWords || !r.isHeadline(head) {
		return
	}
	if _, ok := r.bylineAt(head); ok {
		return // the line above it is the headline
	}
	for k, n := r.next(head+1), 0; k < len(r.units) && n < 3; k, n = r.next(k+1), n+1 {
		if _, ok := r.bylineAt(k); ok || r.units[k].prose {
			r.drop(i, "cover note")
			return
		}
	}
}

// isCoverNote reports whether a line greets the desk, or says that the copy comes with
// it, and says nothing else.
func isCoverNote(u *unit) bool {
	if u.words > maxCoverWords || strings.HasPrefix(u.text, "#") {
		return false
	}
	fields := strings.Fields(u.text)
	covers := false
	for _, field := range fields {
		covers = covers || coverWords[bare(field)]
	}
	first := bare(fields[0])
	if coverSubjects[first] {
		return covers && u.words <= 6
	}
	k := 0
	if first == "good" && len(fields) > 1 {
		first = bare(fields[1])
		k = 1
	}
	if !greetings[first] {
		return false
	}
	rest := fields[k+1:]
	addressed := strings.ContainsAny(fields[k][len(fields[k])-1:], ",!.-")
	for len(rest) > 0 && (greeted[bare(rest[0])] || bare(rest[0]) == "") {
		addressed = true
		rest = rest[1:]
	}
	if covers {
		return addressed || len(rest) > 0 && strings.HasSuffix(rest[0], ",")
	}
	// Without such a word, nothing but the greeting: "Hello all,", "Dear Dana,".
	return len(rest) == 0 && addressed || len(rest) == 1 && strings.HasSuffix(rest[0], ",") && isNameWord(strings.TrimSuffix(rest[0], ","))
}
