package main

import (
	"context"
	"strings"

	"standfirst"
	"standfirst/internal/ledger"
	"standfirst/internal/store"
)

type claimCommand struct {
	List      claimListCommand      `cmd:"" help:"List the figures of a deal, a company or a story."`
	Show      claimShowCommand      `cmd:"" help:"Show everything that was said of a figure, and the stories that cite it."`
	Check     claimCheckCommand     `cmd:"" help:"Say that you have looked at what the copy desk recorded of figures."`
	Supersede claimSupersedeCommand `cmd:"" help:"Record a new value; every story that cites the figure then says so."`
	Retract   claimRetractCommand   `cmd:"" help:"Withdraw a figure that the newsroom no longer stands behind."`
	Release   claimReleaseCommand   `cmd:"" help:"Let readers see a figure without a story that cites it."`
	Respond   claimRespondCommand   `cmd:"" help:"Record what a party said about a figure."`
	Erase     claimEraseCommand     `cmd:"" help:"Take one version's value, words and sources away for good."`
}

// figure names a claim on the command line.
type figure struct {
	Claim int64 `arg:"" help:"Number of the figure, as in /claim/88."`
}

func (f figure) id() standfirst.ClaimID { return standfirst.ClaimID(f.Claim) }

type claimListCommand struct {
	place
	Subject   string `arg:"" optional:"" help:"Slug of a deal or a company; nothing lists the deals."`
	Unchecked bool   `help:"The figures that the copy desk recorded and no editor has checked, the oldest first."`
}

// Run prints a line for each figure of the subject, or for each deal.
func (c *claimListCommand) Run(ctx context.Context, con *console) error {
	return c.within(ctx, con, func(r *room, _ standfirst.Publication) error {
		return r.store.View(ctx, func(tx *store.ReadTx) error {
			if c.Unchecked {
				return printUnchecked(con, tx)
			}
			if c.Subject == "" {
				return printDeals(con, tx)
			}
			subject, err := findSubject(tx, standfirst.Slug(c.Subject))
			if err != nil {
				return err
			}
			claims, err := tx.ClaimsOf(subject, store.ForDesk)
			if err != nil {
				return err
			}
			versions, err := tx.VersionsOf(subject, store.ForDesk)
			if err != nil {
				return err
			}
			for _, claim := range claims {
				name, err := claimName(tx, claim)
				if err != nil {
					return err
				}
				con.printf("%6d  %-40s  %s", claim.ID, name, heldValues(claim, versions))
			}
			if len(claims) == 0 {
				con.notef("No figures.")
			}
			return nil
		})
	})
}

// printDeals prints a line for each deal that readers see.
func printDeals(con *console, tx *store.ReadTx) error {
	deals, err := tx.DealListings(store.DealFilter{}, store.DealPosition{}, 200)
	if err != nil {
		return err
	}
	for _, d := range deals {
		size := ""
		if d.Size != nil {
			size = d.Size.Short()
		}
		con.printf("%-44s  %-14s  %-16s  %s", d.Deal.Slug, d.Deal.Kind, d.Stage, size)
	}
	if len(deals) == 0 {
		con.notef("No deals that readers see.")
	}
	return nil
}

// uncheckedShown is how many unchecked figures are listed at once: enough for a while.
const uncheckedShown = 100

// printUnchecked prints a line for each current figure that no editor has looked at.
func printUnchecked(con *console, tx *store.ReadTx) error {
	versions, err := tx.UncheckedVersions(0, uncheckedShown)
	if err != nil {
		return err
	}
	for _, v := range versions {
		claim, err := tx.Claim(v.Claim)
		if err != nil {
			return err
		}
		name, err := claimName(tx, claim)
		if err != nil {
			return err
		}
		con.printf("%6d  %-40s  %s (%s; “%s”)", claim.ID, name, ledger.ValueWords(claim.Property, v.Value), v.Evidence, v.Words)
	}
	if len(versions) == 0 {
		con.notef("Every figure has been checked.")
	}
	return nil
}

// findSubject returns the deal, company or organisation with the slug.
func findSubject(tx *store.ReadTx, slug standfirst.Slug) (standfirst.Subject, error) {
	deal, err := tx.DealAt(slug)
	if err == nil {
		return standfirst.Subject{Deal: deal.ID}, nil
	}
	for _, kind := range standfirst.EntityKinds() {
		if standfirst.KindOf(err) != standfirst.NotFound {
			return standfirst.Subject{}, err
		}
		var entity standfirst.Entity
		if entity, err = tx.EntityAt(kind, slug); err == nil {
			return standfirst.Subject{Entity: entity.ID}, nil
		}
	}
	return standfirst.Subject{}, standfirst.Errorf(standfirst.NotFound, "there is no deal, company, organisation, person or place %q; standfirst claim list shows the deals", slug)
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
			held = append(held, ledger.ValueWords(c.Property, v.Value)+" ("+string(v.Evidence)+")")
		}
	}
	if len(held) == 0 {
		return "not held any more"
	}
	return strings.Join(held, " against ")
}

type claimShowCommand struct {
	place
	figure
}

// Run prints a line for each version, the newest last, and the citing stories.
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
			con.printf("%s", name)
			versions, err := tx.Versions(claim.ID, store.ForDesk)
			if err != nil {
				return err
			}
			for _, v := range versions {
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
				con.printf("%6d  %s  %-28s  %s  (%s; “%s”)", v.ID, v.RecordedAt.In(pub.Location()).Format("2006-01-02 15:04"),
					ledger.ValueWords(claim.Property, v.Value), v.Evidence, state, v.Words)
			}
			stories, err := tx.CitingStories(claim.ID, standfirst.Position{}, 100)
			for _, s := range stories {
				con.printf("        cited by %s  %s", address(pub, s.Path), s.Headline)
			}
			return err
		})
	})
}

type claimSupersedeCommand struct {
	place
	figure
	Value    string `required:"" help:"The new value as a story would write it (“about $110 billion”, “a fall of 2.4%%”), or a stage (signed)."`
	Because  string `required:"" enum:"event,better-information,correction" help:"Why: ${enum}. A correction says that we were wrong; the others are updates."`
	Note     string `help:"What readers are told; without it, one is drafted from the values."`
	Version  int64  `help:"Number of the version that is replaced, where several are held."`
	Evidence string `help:"How well it is borne out: rumoured, reported-anonymous, reported-named, documented, confirmed-by-subject, denied-by-subject or disputed."`
	Basis    string `enum:",pre,post,unspecified" default:"" help:"Of a valuation: before (pre) or after (post) the new money."`
	Source   string `help:"Where it comes from, in the words that readers see."`
	Hold     bool   `help:"Keep it from readers until it is released or a story that cites it is published."`
}

// causes are the reasons of a supersession as the command line has them.
var causes = map[string]standfirst.Lifecycle{
	"event": standfirst.SupersededByEvent, "better-information": standfirst.SupersededByBetterInformation,
	"correction": standfirst.Corrected,
}

// Run records the new value and prints what follows from it.
func (c *claimSupersedeCommand) Run(ctx context.Context, con *console) error {
	s := ledger.Supersession{
		Version: standfirst.ClaimVersionID(c.Version), Cause: causes[c.Because], Note: c.Note,
		Evidence: standfirst.Evidence(c.Evidence), Hold: c.Hold,
	}
	if stage := standfirst.DealStage(c.Value); stage.Valid() {
		s.Value.Stage = stage
	} else {
		q, err := standfirst.ParseChange(c.Value)
		if err != nil {
			return usageError{"--value: " + describe(err)}
		}
		s.Value = standfirst.Value{Quantity: &q, Basis: standfirst.Basis(c.Basis)}
		s.Words = c.Value
	}
	if c.Source != "" {
		s.Source = &standfirst.Attribution{Kind: standfirst.NamedSource, Words: c.Source}
	}
	return c.within(ctx, con, func(r *room, pub standfirst.Publication) error {
		done, err := r.ledger.Supersede(ctx, standfirst.Command(), c.id(), s)
		if err != nil {
			return err
		}
		con.printf("%s", address(pub, standfirst.ClaimPath(c.id())))
		if c.Hold {
			con.notef("Recorded as version %s; readers do not see it until: standfirst claim release %d --data %s", done.Version.ID, c.Claim, c.Data)
			return nil
		}
		con.notef("Recorded as version %s. %s", done.Version.ID, citing(len(done.Stories)))
		if len(done.Stories) > 0 {
			con.notef("Their new wording is prepared: standfirst story list --pending --data %s", c.Data)
			con.notef("Read it with: standfirst story show %s --pending --data %s", done.Stories[0], c.Data)
		}
		return nil
	})
}

// citing says how many stories show a change.
func citing(n int) string {
	switch n {
	case 0:
		return "No story cites it."
	case 1:
		return "One story cites it and says so now."
	default:
		return standfirst.StoryID(n).String() + " stories cite it and say so now."
	}
}

type claimRetractCommand struct {
	place
	figure
	Note    string `required:"" help:"What readers are told: what was wrong."`
	Version int64  `help:"Number of the version, where several are held."`
	Hold    bool   `help:"Keep it from readers until the figure is released."`
}

// Run withdraws the figure.
func (c *claimRetractCommand) Run(ctx context.Context, con *console) error {
	return c.within(ctx, con, func(r *room, pub standfirst.Publication) error {
		_, err := r.ledger.Retract(ctx, standfirst.Command(), c.id(), standfirst.ClaimVersionID(c.Version), c.Note, c.Hold)
		if err == nil {
			con.printf("%s", address(pub, standfirst.ClaimPath(c.id())))
		}
		return err
	})
}

type claimCheckCommand struct {
	place
	Claims []int64 `arg:"" help:"Numbers of the figures, as in /claim/88."`
}

// Run marks the figures as checked, one after the other.
func (c *claimCheckCommand) Run(ctx context.Context, con *console) error {
	return c.within(ctx, con, func(r *room, pub standfirst.Publication) error {
		for _, id := range c.Claims {
			if err := r.ledger.Check(ctx, standfirst.Command(), standfirst.ClaimID(id)); err != nil {
				return err
			}
			con.printf("%s", address(pub, standfirst.ClaimPath(standfirst.ClaimID(id))))
		}
		return nil
	})
}

type claimReleaseCommand struct {
	place
	figure
}

// Run releases the figure.
func (c *claimReleaseCommand) Run(ctx context.Context, con *console) error {
	return c.within(ctx, con, func(r *room, pub standfirst.Publication) error {
		err := r.ledger.Release(ctx, standfirst.Command(), c.id())
		if err == nil {
			con.printf("%s", address(pub, standfirst.ClaimPath(c.id())))
		}
		return err
	})
}

type claimRespondCommand struct {
	place
	figure
	Party string `required:"" help:"Slug of the company or organisation that answered."`
	Kind  string `required:"" enum:"confirmed,denied,declined to comment,did not respond" help:"What it said: ${enum}."`
	Words string `help:"Its words, as readers see them."`
}

// Run records the response.
func (c *claimRespondCommand) Run(ctx context.Context, con *console) error {
	return c.within(ctx, con, func(r *room, pub standfirst.Publication) error {
		var party standfirst.Subject
		err := r.store.View(ctx, func(tx *store.ReadTx) (err error) {
			party, err = findSubject(tx, standfirst.Slug(c.Party))
			return err
		})
		if err != nil {
			return err
		}
		_, err = r.ledger.Respond(ctx, standfirst.Command(), standfirst.Response{
			Claim: c.id(), Party: party.Entity, Kind: standfirst.ResponseKind(c.Kind), Words: c.Words,
		})
		if err == nil {
			con.printf("%s", address(pub, standfirst.ClaimPath(c.id())))
		}
		return err
	})
}

type claimEraseCommand struct {
	place
	Version int64 `arg:"" help:"Number of the version, as claim show lists it."`
}

// Run erases the version.
func (c *claimEraseCommand) Run(ctx context.Context, con *console) error {
	return c.within(ctx, con, func(r *room, _ standfirst.Publication) error {
		err := r.ledger.Erase(ctx, standfirst.Command(), standfirst.ClaimVersionID(c.Version))
		if err == nil {
			con.printf("version %d is erased", c.Version)
		}
		return err
	})
}
