package desk

import (
	"net/http"
	"net/netip"
	"slices"
	"strconv"
	"time"

	"standfirst"
	"standfirst/internal/discuss"
)

// banLengths are for how many days somebody can be banned.
var banLengths = []int{1, 7, 30, 365}

// banPage asks how the writer of a comment is banned, and for how long.
type banPage struct {
	talkFrame
	Item    talkItem
	Whats   []banChoice
	Lengths []talkOption
	Reason  string
}

// banChoice is one thing by which a writer can be known again.
type banChoice struct {
	Kind, Text, Value string
	Chosen            bool
}

func (m *member) banForm() error { return m.banPage(http.StatusOK, "") }

func (m *member) banPage(status int, failure string) error {
	w, zone, err := m.look()
	if err != nil {
		return err
	}
	p := &banPage{Reason: m.r.PostFormValue("reason"), Lengths: m.lengths()}
	if p.talkFrame, err = m.frame(m.Text("desk.talk.ban"), "", failure); err != nil {
		return err
	}
	p.Item = m.item(w, zone, commentPath(w.Comment.ID), nil)
	p.Whats = m.banChoices(w)
	return m.render(m.w, m.r, status, "talkban", p)
}

// banChoices lists what is known of who wrote the comment. The first is chosen until
// somebody chooses.
func (m *member) banChoices(w discuss.Waiting) (list []banChoice) {
	for _, b := range bansOf(w) {
		list = append(list, banChoice{
			Kind: string(b.Kind), Text: m.Text("desk.talk.ban." + string(b.Kind)), Value: b.Value,
			Chosen: m.r.PostForm.Has("by-"+string(b.Kind)) || m.r.Method == http.MethodGet && len(list) == 0,
		})
	}
	return list
}

// bansOf returns the bans that would hold what the writer posts next.
func bansOf(w discuss.Waiting) (list []standfirst.Ban) {
	if w.Writer.Email != "" {
		list = append(list, standfirst.Ban{Kind: standfirst.BanEmail, Value: w.Writer.Email})
	}
	if w.Comment.Name != "" {
		list = append(list, standfirst.Ban{Kind: standfirst.BanName, Value: w.Comment.Name})
	}
	addr, err := netip.ParseAddr(w.Comment.Address)
	if err != nil {
		return list
	}
	list = append(list, standfirst.Ban{Kind: standfirst.BanAddress, Value: addr.String()})
	bits := 24 // what one customer, or a small network, has
	if addr = addr.Unmap().WithZone(""); addr.Is6() {
		bits = 48
	}
	if prefix, err := addr.Prefix(bits); err == nil {
		list = append(list, standfirst.Ban{Kind: standfirst.BanNetwork, Value: prefix.String()})
	}
	return list
}

// lengths are for how long somebody can be banned, as a list.
func (m *member) lengths() []talkOption {
	list := make([]talkOption, len(banLengths))
	for i, days := range banLengths {
		value := strconv.Itoa(days)
		list[i] = talkOption{value, m.Text("desk.talk.ban.days." + value), value == m.r.PostFormValue("days") || m.r.PostFormValue("days") == "" && days == 7}
	}
	return list
}

// banEnd returns when a ban ends that the form asks for; zero for a length that is not
// offered.
func (m *member) banEnd() time.Time {
	days, err := strconv.Atoi(m.r.PostFormValue("days"))
	if err != nil || !slices.Contains(banLengths, days) {
		return time.Time{}
	}
	return m.clock().Add(time.Duration(days) * 24 * time.Hour)
}

// banWriter bans the writer of a comment by what the form chose.
func (m *member) banWriter() error {
	w, _, err := m.look()
	if err != nil {
		return err
	}
	banned := 0
	for _, b := range bansOf(w) {
		if !m.r.PostForm.Has("by-" + string(b.Kind)) {
			continue
		}
		b.Reason, b.ExpiresAt = m.r.PostFormValue("reason"), m.banEnd()
		_, err := m.talk.Ban(m.r.Context(), m.staff.Actor(), b)
		if status, words := m.refusal(err); words != "" {
			return m.banPage(status, words)
		}
		if err != nil {
			return err
		}
		banned++
	}
	if banned == 0 {
		return m.banPage(http.StatusUnprocessableEntity, m.Text("desk.talk.ban.choose"))
	}
	m.goBack(commentPath(w.Comment.ID), "banned", "", 0)
	return nil
}

// bansPage lists the bans that last, and takes a new one.
type bansPage struct {
	talkFrame
	Bans    []banRow
	More    string
	First   string
	Kinds   []talkOption
	Lengths []talkOption
	Value   string
	Reason  string
}

// banRow is one ban in the list.
type banRow struct {
	ID                  standfirst.BanID
	Kind, Value, Reason string
	Until               moment
	Left                string
}

func (m *member) bans() error { return m.bansPage(http.StatusOK, "") }

func (m *member) bansPage(status int, failure string) error {
	_, after, err := m.position()
	if err != nil {
		return err
	}
	list, err := m.talk.Bans(m.r.Context(), m.staff.Actor(), standfirst.BanID(after), talkPageLength+1)
	if err != nil {
		return err
	}
	pub, err := m.publication()
	if err != nil {
		return err
	}
	path := talkPrefix + "/bans"
	p := &bansPage{Value: m.r.PostFormValue("value"), Reason: m.r.PostFormValue("reason"), Lengths: m.lengths()}
	for _, kind := range []standfirst.BanKind{standfirst.BanEmail, standfirst.BanName, standfirst.BanAddress, standfirst.BanNetwork} {
		p.Kinds = append(p.Kinds, talkOption{string(kind), m.Text("desk.talk.ban." + string(kind)), m.r.PostFormValue("kind") == string(kind)})
	}
	if p.talkFrame, err = m.frame(m.Text("desk.talk.bans.title"), path, failure); err != nil {
		return err
	}
	if after != 0 {
		p.First = path
	}
	if len(list) > talkPageLength {
		list = list[:talkPageLength]
		p.More = path + "?after=0-" + list[talkPageLength-1].ID.String()
	}
	for _, b := range list {
		p.Bans = append(p.Bans, banRow{
			b.ID, m.Text("desk.talk.ban." + string(b.Kind)), b.Value, b.Reason, m.moment(b.ExpiresAt, pub.Location()), m.span(b.ExpiresAt.Sub(m.clock())),
		})
	}
	return m.render(m.w, m.r, status, "talkbans", p)
}

func (m *member) addBan() error {
	b := standfirst.Ban{
		Kind: standfirst.BanKind(m.r.PostFormValue("kind")), Value: m.r.PostFormValue("value"), Reason: m.r.PostFormValue("reason"), ExpiresAt: m.banEnd(),
	}
	_, err := m.talk.Ban(m.r.Context(), m.staff.Actor(), b)
	if status, words := m.refusal(err); words != "" {
		return m.bansPage(status, words)
	}
	if err != nil {
		return err
	}
	m.goBack(talkPrefix+"/bans", "banned", "", 0)
	return nil
}

func (m *member) lift() error {
	id, err := m.pathID()
	if err != nil {
		return err
	}
	if err := m.talk.Lift(m.r.Context(), m.staff.Actor(), standfirst.BanID(id)); err != nil {
		return err
	}
	m.goBack(talkPrefix+"/bans", "lifted", "", 0)
	return nil
}
