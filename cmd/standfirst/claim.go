package main

import (
	"context"

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

type claimSupersedeCommand struct {
	place
	figure
	Value    string `required:"" help:"The new value as a story would write it (“about $110 billion”, “a fall of 2.4%”), or a stage (signed)."`
	Because  string `required:"" enum:"event,better-information,correction" help:"Why: ${enum}. A correction says that we were wrong; the others are updates."`
	Note     string `help:"What readers are told; without it, one is drafted from the values."`
	Version  int64  `help:"Number of the version that is replaced, where several are held; claim show lists them."`
	Evidence string `help:"How well it is borne out: rumoured, reported-anonymous, reported-named, documented, confirmed-by-subject, denied-by-subject or disputed."`
	Basis    string `enum:",pre,post,unspecified" default:"" help:"Of a valuation: pre-money, before the new money (pre), or post-money, including it (post)."`
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
			return usageError{"--value: " + describe(err) + basisHint(c.Value)}
		}
		s.Value = standfirst.Value{Quantity: &q, Basis: standfirst.Basis(c.Basis)}
		s.Words = c.Value
	}
	if c.Source != "" {
		s.Source = &standfirst.Attribution{Kind: standfirst.NamedSource, Words: c.Source}
	}
	return c.within(ctx, con, func(r *room, pub standfirst.Publication) error {
		if err := r.checkReplaced(ctx, c.id(), s.Version, s.Value.Quantity); err != nil {
			return err
		}
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
	Version int64  `help:"Number of the version, where several are held; claim show lists them."`
	Hold    bool   `help:"Keep it from readers until the figure is released."`
}

// Run withdraws the figure.
func (c *claimRetractCommand) Run(ctx context.Context, con *console) error {
	return c.within(ctx, con, func(r *room, pub standfirst.Publication) error {
		if err := r.checkReplaced(ctx, c.id(), standfirst.ClaimVersionID(c.Version), nil); err != nil {
			return err
		}
		if _, err := r.ledger.Retract(ctx, standfirst.Command(), c.id(), standfirst.ClaimVersionID(c.Version), c.Note, c.Hold); err != nil {
			return err
		}
		con.printf("%s", address(pub, standfirst.ClaimPath(c.id())))
		if c.Hold {
			con.notef("Withdrawn; readers do not see that until: standfirst claim release %d --data %s", c.Claim, c.Data)
			return nil
		}
		var stories []standfirst.StoryID
		err := r.store.View(ctx, func(tx *store.ReadTx) (err error) {
			stories, err = tx.StoriesCiting([]standfirst.ClaimID{c.id()})
			return err
		})
		if err == nil {
			con.notef("Withdrawn. %s", citing(len(stories)))
		}
		return err
	})
}

type claimCheckCommand struct {
	place
	Claims []claimNumber `arg:"" help:"Numbers or addresses of the figures (88, /claim/88)."`
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
	Party string `required:"" help:"Name, slug or number (#12) of the company or organisation that answered."`
	Kind  string `required:"" enum:"confirmed,denied,declined to comment,did not respond" help:"What it said: ${enum}."`
	Words string `help:"Its words, as readers see them."`
}

// Run records the response.
func (c *claimRespondCommand) Run(ctx context.Context, con *console) error {
	return c.within(ctx, con, func(r *room, pub standfirst.Publication) error {
		var party standfirst.Entity
		err := r.store.View(ctx, func(tx *store.ReadTx) (err error) {
			party, err = ledger.EntityCalled(tx, c.Party)
			return err
		})
		if err != nil {
			return err
		}
		_, err = r.ledger.Respond(ctx, standfirst.Command(), standfirst.Response{
			Claim: c.id(), Party: party.ID, Kind: standfirst.ResponseKind(c.Kind), Words: c.Words,
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
