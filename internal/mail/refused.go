package mail

import (
	"slices"
	"sync"
	"time"

	"standfirst"
)

// maxRefused is how many refused mails are remembered.
const maxRefused = 20

// refusals remembers the last mails that will not be sent.
type refusals struct {
	mu   sync.Mutex
	list []standfirst.RefusedMail // the oldest first
}

func (r *refusals) add(m standfirst.Mail, reason error, at time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.list = append(r.list, standfirst.RefusedMail{To: m.To, Subject: m.Subject, Reason: reason.Error(), At: at})
	r.list = r.list[max(0, len(r.list)-maxRefused):]
}

// Refused returns the last mails that were refused for good since the start, the newest
// first.
func (s *Sender) Refused() []standfirst.RefusedMail {
	s.refused.mu.Lock()
	defer s.refused.mu.Unlock()
	list := slices.Clone(s.refused.list)
	slices.Reverse(list)
	return list
}
