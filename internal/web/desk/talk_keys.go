package desk

import "net/http"

// talkKey is a key that does something in the queue, where there is script.
type talkKey struct{ Key, Text string }

// keys lists the keys of the queue, as ui/js/queue.js knows them.
func (m *member) keys(escalated, holding bool) []talkKey {
	escalate, hold := "escalate", "hold"
	if escalated {
		escalate = "deescalate"
	}
	if holding {
		hold = "release"
	}
	list := []talkKey{
		{"J", "next"}, {"K", "previous"}, {"A", "approve"}, {"R", "reject"}, {"S", "spam"}, {"E", escalate}, {"O", "open"},
		{"X", "choose"}, {"Shift+A", "approve.chosen"}, {"Shift+R", "reject.chosen"}, {"Shift+S", "spam.chosen"}, {"U", "undo"},
	}
	if !escalated {
		list = append(list, talkKey{"Shift+H", hold})
	}
	list = append(list, talkKey{"?", "help"})
	for i, k := range list {
		list[i].Text = m.Text("desk.talk.key." + k.Text)
	}
	return list
}

// counts answers a script with how much waits, as the pages write it.
func (m *member) counts() error {
	waits, err := m.talk.Backlog(m.r.Context(), m.staff.Actor(), talkPageLength+1)
	if err != nil {
		return err
	}
	return m.json(http.StatusOK, map[string]string{
		"queue": upTo(waits.Queue), "reported": upTo(waits.Reported), "escalated": upTo(waits.Escalated), "legal": upTo(waits.Due),
	})
}
