package discuss

import (
	"net/netip"
	"strconv"
	"strings"
	"time"

	"standfirst"
	"standfirst/internal/discuss/akismet"
	"standfirst/internal/markup"
	"standfirst/internal/spam"
)

// ruling is what the rules say of a comment.
type ruling struct {
	state  standfirst.CommentState
	rule   standfirst.Rule // why it is held; empty if it is not
	detail string          // what the rule found
	score  int
	drop   bool
}

// fastest is in what time nobody reads a story and types an answer. The form says when its
// page was made, which is earlier than it was opened: age is a minimum only.
const fastest = 3 * time.Second

// judge decides whether the comment appears, is held or is dropped. The first rule that
// holds it is told; a moderator sees the whole comment anyway. What staff write appears.
func judge(p Posting, s sight, rendered markup.RenderedComment, now time.Time) ruling {
	if p.Staff.ID != 0 {
		return ruling{state: standfirst.CommentApproved}
	}
	r := ruling{state: standfirst.CommentHeld, score: s.score}
	trapped := p.Trap != ""
	bulk := s.repeats >= repeatsBulk || spam.Suspect*1000 <= float64(s.score)
	if trapped && bulk {
		r.drop = true
		return r
	}
	for _, hold := range []func(Posting, sight, markup.RenderedComment, time.Time) (standfirst.Rule, string){
		holdTrap, holdBanned, holdUnproven, holdOffender, holdWord, holdRepeat, holdFast, holdMany, holdLinks, holdPromotion, holdAkismet, holdScore, holdMode,
	} {
		if rule, detail := hold(p, s, rendered, now); rule != "" {
			r.rule, r.detail = rule, detail
			return r
		}
	}
	r.state = standfirst.CommentApproved
	return r
}

func holdTrap(p Posting, _ sight, _ markup.RenderedComment, _ time.Time) (standfirst.Rule, string) {
	if p.Trap == "" {
		return "", ""
	}
	return standfirst.RuleTrap, ""
}

func holdBanned(p Posting, s sight, _ markup.RenderedComment, _ time.Time) (standfirst.Rule, string) {
	for _, ban := range s.bans {
		if bans(ban, p) {
			return standfirst.RuleBanned, strings.TrimSuffix(string(ban.Kind)+": "+ban.Reason, ": ")
		}
	}
	return "", ""
}

// bans reports whether the ban is on who posts.
func bans(ban standfirst.Ban, p Posting) bool {
	switch ban.Kind {
	case standfirst.BanEmail:
		return ban.Value == p.Email
	case standfirst.BanName:
		return ban.Value == strings.ToLower(p.Name)
	case standfirst.BanAddress:
		return ban.Value == p.Address
	case standfirst.BanNetwork:
		prefix, err := netip.ParsePrefix(ban.Value)
		addr, err2 := netip.ParseAddr(p.Address)
		return err == nil && err2 == nil && prefix.Contains(addr.Unmap())
	}
	return false
}

// banned returns the values of bans that may be on who posts. Networks are banned by whole
// bytes, so that those around an address are few.
func banned(p *Posting) []string {
	values := []string{p.Email, strings.ToLower(p.Name), p.Address}
	addr, err := netip.ParseAddr(p.Address)
	if err != nil {
		return values
	}
	addr = addr.Unmap().WithZone("")
	for bits := 8; bits < addr.BitLen(); bits += 8 {
		if prefix, err := addr.Prefix(bits); err == nil {
			values = append(values, prefix.String())
		}
	}
	return values
}

func holdUnproven(_ Posting, s sight, _ markup.RenderedComment, _ time.Time) (standfirst.Rule, string) {
	if !s.unproven {
		return "", ""
	}
	return standfirst.RuleUnproven, ""
}

func holdOffender(_ Posting, s sight, _ markup.RenderedComment, _ time.Time) (standfirst.Rule, string) {
	if !s.writer.Offender() {
		return "", ""
	}
	return standfirst.RuleOffender, strconv.Itoa(s.writer.Rejected)
}

func holdWord(p Posting, s sight, rendered markup.RenderedComment, _ time.Time) (standfirst.Rule, string) {
	if s.list == nil {
		return "", ""
	}
	if word, ok := s.list.Find(p.Name + "\n" + rendered.Plain + "\n" + strings.Join(rendered.Links, "\n")); ok {
		return standfirst.RuleWord, word
	}
	return "", ""
}

func holdRepeat(_ Posting, s sight, _ markup.RenderedComment, _ time.Time) (standfirst.Rule, string) {
	if s.repeats == 0 {
		return "", ""
	}
	return standfirst.RuleRepeat, strconv.Itoa(s.repeats)
}

func holdFast(p Posting, _ sight, _ markup.RenderedComment, now time.Time) (standfirst.Rule, string) {
	if p.Opened.IsZero() || now.Sub(p.Opened) >= fastest || p.Reader != 0 {
		return "", ""
	}
	return standfirst.RuleFast, ""
}

func holdMany(_ Posting, s sight, _ markup.RenderedComment, _ time.Time) (standfirst.Rule, string) {
	if s.recent < many {
		return "", ""
	}
	return standfirst.RuleMany, strconv.Itoa(s.recent)
}

func holdLinks(_ Posting, s sight, rendered markup.RenderedComment, _ time.Time) (standfirst.Rule, string) {
	if n := len(rendered.Links); n > max(s.settings.MaxLinks, 0) {
		return standfirst.RuleLinks, strconv.Itoa(n)
	}
	return "", ""
}

// holdAkismet holds what a service outside takes for spam, if it was asked.
func holdAkismet(_ Posting, s sight, _ markup.RenderedComment, _ time.Time) (standfirst.Rule, string) {
	switch s.verdict {
	case akismet.Spam:
		return standfirst.RuleAkismet, ""
	case akismet.Blatant:
		return standfirst.RuleAkismet, discard
	}
	return "", ""
}

// holdScore holds what the filter takes for spam, but never from a writer whose comments
// were approved before.
func holdScore(_ Posting, s sight, _ markup.RenderedComment, _ time.Time) (standfirst.Rule, string) {
	if s.writer.Trusted() && !s.elsewhere || float64(s.score) < spam.Suspect*1000 {
		return "", ""
	}
	return standfirst.RuleScore, strconv.Itoa(s.score / 10)
}

func holdMode(_ Posting, s sight, _ markup.RenderedComment, now time.Time) (standfirst.Rule, string) {
	switch d := s.settings; {
	case d.HoldNow || d.Mode == standfirst.ModeAll:
		return standfirst.RuleEverything, ""
	case !d.OpenAt(now, s.zone):
		return standfirst.RuleHours, ""
	case d.Mode == standfirst.ModeFirst && s.writer.Approved == 0:
		return standfirst.RuleFirst, ""
	case d.Mode == standfirst.ModeFirst && s.elsewhere:
		return standfirst.RuleElsewhere, ""
	}
	return "", ""
}

// HoldsFirst reports whether the first comment of a writer is held where the settings are.
func HoldsFirst(d standfirst.Discussion) bool {
	return d.HoldNow || d.Mode == standfirst.ModeFirst || d.Mode == standfirst.ModeAll
}
