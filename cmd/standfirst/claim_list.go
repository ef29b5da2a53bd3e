package main

import (
	"context"

	"standfirst"
	"standfirst/internal/store"
)

// listed is how many deals, companies or unchecked figures are listed at once.
const listed = 200

type claimListCommand struct {
	place
	Subject   string `arg:"" optional:"" help:"Slug, title or name of a deal or a company, or #12 for the company of that number; nothing lists the deals."`
	Companies bool   `help:"List the companies, organisations, people and places that have figures of their own."`
	Unchecked bool   `help:"The figures that the copy desk recorded and no editor has checked, the oldest first."`
}

// Run prints a line for each figure of the subject, or for each deal.
func (c *claimListCommand) Run(ctx context.Context, con *console) error {
	if c.Companies && (c.Unchecked || c.Subject != "") || c.Unchecked && c.Subject != "" {
		return usageError{"claim list takes one of: a deal or a company, --companies, --unchecked"}
	}
	return c.within(ctx, con, func(r *room, _ standfirst.Publication) error {
		return r.store.View(ctx, func(tx *store.ReadTx) error {
			switch {
			case c.Unchecked:
				return printUnchecked(con, tx)
			case c.Companies:
				return printCompanies(con, tx)
			case c.Subject == "":
				return printDeals(con, tx)
			}
			return printFigures(con, tx, c.Subject)
		})
	})
}

// printFigures prints a line for each figure of the deal or company that is called so.
func printFigures(con *console, tx *store.ReadTx, called string) error {
	subject, err := findSubject(tx, called)
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
}

// printDeals prints a line for each deal that readers see, and for those among the newest
// that they do not see yet.
func printDeals(con *console, tx *store.ReadTx) error {
	deals, err := tx.DealListings(store.DealFilter{}, store.DealPosition{}, listed)
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
	newest, err := tx.NewestDeals(0, listed)
	if err != nil {
		return err
	}
	hidden := 0
	for _, d := range newest {
		if d.ReleasedAt.IsZero() {
			con.printf("%-44s  %-14s  not public yet", d.Slug, d.Kind)
			hidden++
		}
	}
	if len(deals) == 0 && hidden == 0 {
		con.notef("No deals.")
	}
	con.notef("Figures of companies: standfirst claim list --companies")
	return nil
}

// printCompanies prints a line for each company, and each other thing with a name, of
// which figures are recorded.
func printCompanies(con *console, tx *store.ReadTx) error {
	found := false
	for _, kind := range standfirst.EntityKinds() {
		entities, err := tx.Entities(kind, "", listed, store.ForDesk)
		if err != nil {
			return err
		}
		for _, e := range entities {
			claims, err := tx.ClaimsOf(standfirst.Subject{Entity: e.ID}, store.ForDesk)
			if err != nil {
				return err
			}
			if len(claims) == 0 {
				continue
			}
			found = true
			public := ""
			if !e.HasPage() {
				public = "not public yet"
			}
			con.printf("%-44s  %-14s  %4d figures  %s  %s", e.Slug, e.Kind, len(claims), e.Name, public)
		}
		if len(entities) == listed {
			con.notef("Only the first %d names of the kind %s were looked at.", listed, kind)
		}
	}
	if !found {
		con.notef("No company has figures of its own; standfirst claim list shows the deals.")
	}
	return nil
}

// printUnchecked prints a line for each current figure that no editor has looked at.
func printUnchecked(con *console, tx *store.ReadTx) error {
	versions, err := tx.UncheckedVersions(0, listed)
	if err != nil {
		return err
	}
	for _, v := range versions {
		claim, err := tx.Claim(v.Claim)
		if err != nil {
			return err
		}
		subject, err := subjectTitle(tx, claim)
		if err != nil {
			return err
		}
		name, err := claimName(tx, claim)
		if err != nil {
			return err
		}
		con.printf("%6d  %-60s  %s (%s; “%s”)", claim.ID, subject+": "+name, claim.Property.Words(v.Value), v.Evidence, v.Words)
	}
	if len(versions) == 0 {
		con.notef("Every figure has been checked.")
	}
	return nil
}
