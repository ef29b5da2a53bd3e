package main

import (
	"context"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"standfirst"
	"standfirst/internal/ledger"
	"standfirst/internal/store"
)

// claimNumber is the number of a figure. On the command line it may be the address of
// the figure's page as well, because that is what people copy.
type claimNumber int64

// UnmarshalText reads “88”, “/claim/88” or “https://example.org/claim/88”.
func (n *claimNumber) UnmarshalText(text []byte) error {
	words := string(text)
	if u, err := url.Parse(words); err == nil {
		if _, number, ok := strings.Cut(u.Path, standfirst.ClaimPath(0)[:len("/claim/")]); ok {
			words = strings.TrimSuffix(number, "/")
		}
	}
	id, err := strconv.ParseInt(words, 10, 64)
	if err != nil || id < 1 {
		return standfirst.Errorf(standfirst.Invalid, "%q is neither the number nor the address of a figure; write 88 or /claim/88", string(text))
	}
	*n = claimNumber(id)
	return nil
}

// figure names a claim on the command line.
type figure struct {
	Claim claimNumber `arg:"" help:"Number or address of the figure (88, /claim/88)."`
}

func (f figure) id() standfirst.ClaimID { return standfirst.ClaimID(f.Claim) }

// findSubject returns the deal, or the company or the like, that the words mean as at the desk.
func findSubject(tx *store.ReadTx, words string) (standfirst.Subject, error) {
	s, err := ledger.SubjectCalled(tx, words)
	if err != nil && standfirst.KindOf(err) == standfirst.Invalid {
		return s, standfirst.Errorf(standfirst.NotFound, "no deal, and %s; standfirst claim list shows the deals, and standfirst claim list --companies the others that have figures", standfirst.PublicMessage(err))
	}
	return s, err
}

// claimName returns what a claim states, with its dimensions.
func claimName(tx *store.ReadTx, c standfirst.Claim) (string, error) {
	name := strings.ReplaceAll(string(c.Property), "-", " ")
	if c.Dimensions.Party != 0 {
		party, err := tx.Entity(c.Dimensions.Party)
		if err != nil {
			return "", err
		}
		name += ", " + standfirst.ShortName(party.Name)
	}
	for _, dimension := range []string{c.Dimensions.Tranche, c.Dimensions.Day.String(), c.Dimensions.Period, c.Dimensions.Event} {
		if dimension != "" {
			name += ", " + dimension
		}
	}
	return name, nil
}

// heldValues returns the values of the claim that are held, for one line.
func heldValues(c standfirst.Claim, versions []standfirst.ClaimVersion) string {
	var held []string
	for _, v := range versions {
		if v.Claim == c.ID && v.Ended == standfirst.Current {
			held = append(held, c.Property.Words(v.Value)+" ("+string(v.Evidence)+")")
		}
	}
	if len(held) == 0 {
		return "not held any more"
	}
	return strings.Join(held, " against ")
}

// subjectTitle returns the title of the deal, or the name of the company, that the claim
// is about.
func subjectTitle(tx *store.ReadTx, c standfirst.Claim) (string, error) {
	if c.Subject.Deal != 0 {
		deal, err := tx.Deal(c.Subject.Deal)
		return deal.Title, err
	}
	entity, err := tx.Entity(c.Subject.Entity)
	return entity.Name, err
}

type claimShowCommand struct {
	place
	figure
}

// Run prints what the figure is, a line for each version, the newest last, with where it
// comes from, what was answered and the citing stories.
func (c *claimShowCommand) Run(ctx context.Context, con *console) error {
	return c.within(ctx, con, func(r *room, pub standfirst.Publication) error {
		return r.store.View(ctx, func(tx *store.ReadTx) error {
			claim, err := tx.Claim(c.id())
			if err != nil {
				return err
			}
			name, err := claimName(tx, claim)
			if err != nil {
				return err
			}
			subject, err := subjectTitle(tx, claim)
			if err != nil {
				return err
			}
			con.printf("%s: %s", subject, name)
			versions, err := tx.Versions(claim.ID, store.ForDesk)
			if err != nil {
				return err
			}
			con.printf("version  recorded          value")
			for _, v := range versions {
				printVersion(con, pub, claim, v)
			}
			if err := printAnswers(con, tx, claim); err != nil {
				return err
			}
			stories, err := tx.CitingStories(claim.ID, standfirst.Position{}, 100)
			for _, s := range stories {
				con.printf("         cited by %s  %s", address(pub, s.Path), s.Headline)
			}
			return err
		})
	})
}

// printVersion prints a line for the version and one for each of its sources.
func printVersion(con *console, pub standfirst.Publication, claim standfirst.Claim, v standfirst.ClaimVersion) {
	state := "held"
	if v.Ended != standfirst.Current {
		state = string(v.Ended)
	}
	if v.ReleasedAt.IsZero() {
		state += ", not released"
	}
	if v.Unchecked {
		state += ", not checked"
	}
	con.printf("%7d  %s  %-28s  %s  (%s; “%s”)", v.ID, v.RecordedAt.In(pub.Location()).Format("2006-01-02 15:04"),
		claim.Property.Words(v.Value), v.Evidence, state, v.Words)
	for _, source := range v.Attributions {
		line := source.Words + " (" + string(source.Kind) + ")"
		if !source.Day.IsZero() {
			line += ", " + source.Day.String()
		}
		con.printf("         source: %s", line)
	}
}

// printAnswers prints a line for each response to the claim, or to its subject as a whole.
func printAnswers(con *console, tx *store.ReadTx, claim standfirst.Claim) error {
	answers, err := tx.Responses(claim.Subject, store.ForDesk)
	if err != nil {
		return err
	}
	for _, a := range answers {
		if a.Claim != 0 && a.Claim != claim.ID {
			continue
		}
		party, err := tx.Entity(a.Party)
		if err != nil {
			return err
		}
		line := party.Name + " " + string(a.Kind)
		if a.Words != "" {
			line += ": “" + a.Words + "”"
		}
		if !a.Day.IsZero() {
			line += ", " + a.Day.String()
		}
		con.printf("         response: %s", line)
	}
	return nil
}

// checkReplaced refuses, in words that tell what to type, a command that does not say
// which of several held versions it replaces, and a value without the currency of the one
// that it replaces. The ledger refuses both as well, but knows of no flags.
func (r *room) checkReplaced(ctx context.Context, id standfirst.ClaimID, version standfirst.ClaimVersionID, value *standfirst.Quantity) error {
	return r.store.View(ctx, func(tx *store.ReadTx) error {
		claim, err := tx.Claim(id)
		if err != nil {
			return err
		}
		held, err := tx.Versions(id, store.ForDesk)
		if err != nil {
			return err
		}
		held = slices.DeleteFunc(held, func(v standfirst.ClaimVersion) bool {
			return v.Ended != standfirst.Current || version != 0 && v.ID != version
		})
		if len(held) > 1 {
			var choices []string
			for _, v := range held {
				choices = append(choices, "--version "+v.ID.String()+" ("+claim.Property.Words(v.Value)+", "+string(v.Evidence)+")")
			}
			return standfirst.Errorf(standfirst.Conflict, "figure %s has %d values that are held; say which one is meant: %s",
				id, len(held), strings.Join(choices, " or "))
		}
		return checkCurrency(held, value)
	})
}

// checkCurrency refuses a plain number in the place of a sum of money.
func checkCurrency(held []standfirst.ClaimVersion, value *standfirst.Quantity) error {
	if len(held) == 0 || value == nil || value.Unit != standfirst.UnitOfCount || value.Noun != "" {
		return nil
	}
	before := held[0].Value.Quantity
	if before == nil || !before.Unit.IsCurrency() {
		return nil
	}
	meant := *value
	meant.Unit = before.Unit
	return usageError{"--value: this figure is a sum of money; write “" + meant.String() + "”"}
}

// basisWords matches how a text says whether a valuation has the new money in it.
var basisWords = regexp.MustCompile(`(?i)new money|(pre|post)[- ]money`)

// basisHint names the flag for what the value says of the new money.
func basisHint(value string) string {
	if !basisWords.MatchString(value) {
		return ""
	}
	return "; leave the new money out of it and say --basis pre (before it) or --basis post (including it)"
}
