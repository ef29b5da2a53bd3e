package site

import (
	"slices"
	"strconv"
	"strings"

	"standfirst"
	"standfirst/internal/feed"
	"standfirst/internal/ledger"
	"standfirst/internal/store"
)

// The ends of the addresses of figures for programs.
const (
	csvEnd     = ".csv"
	ledgerPath = "/ledger"
)

// ledgerLength is how many figures a page of the ledger has.
const ledgerLength = 500

// ofFigures reports whether the path is that of the figures of a deal, or of the ledger, and
// resolves it so.
func (k *kinds) ofFigures(at *address) bool {
	above, ok := strings.CutSuffix(at.path, jsonEnd)
	if !ok {
		above, ok = strings.CutSuffix(at.path, csvEnd)
	}
	if !ok {
		return false
	}
	if above == ledgerPath {
		at.kind = &k.ledger
		return true
	}
	slug, ok := strings.CutPrefix(above, "/deal/")
	if !ok || standfirst.Slug(slug).Validate() != nil {
		return false
	}
	at.kind, at.slug = &k.dealFigures, standfirst.Slug(slug)
	return true
}

// askLedger reads where a page of the ledger begins: after the version of that number.
func askLedger(at address, asked map[string]string) (address, error) {
	n, err := strconv.ParseInt(asked["after"], 10, 64)
	if err != nil || n <= 0 || strconv.FormatInt(n, 10) != asked["after"] {
		return at, errNoPage
	}
	at.before.ID, at.key = standfirst.StoryID(n), at.path+"?after="+asked["after"]
	return at, nil
}

// loadLedger gathers figures of the whole ledger, in the order in which they came out.
func loadLedger(rd *reading, at address) (*view, error) {
	rd.tag(standfirst.LedgerTag)
	if after := standfirst.ClaimVersionID(at.before.ID); after != 0 { // so that there are no more pages than versions
		if _, err := rd.tx.Version(after, store.ForReaders); err != nil {
			return nil, err
		}
	}
	found, err := ledger.Released(rd.tx, standfirst.ClaimVersionID(at.before.ID), ledgerLength+1)
	if err != nil {
		return nil, err
	}
	f := feed.Figures{Name: rd.pub.Name, Address: rd.outside(at.key)}
	if len(found) > ledgerLength {
		found = found[:ledgerLength]
		f.Next = rd.outside(at.path + "?after=" + found[ledgerLength-1].Version.ID.String())
	}
	f.Rows = rd.ledgerRows(found)
	return figuresView(f, at), nil
}

// loadDealFigures gathers what is known of a deal, with every figure about it.
func loadDealFigures(rd *reading, at address) (*view, error) {
	deal, err := rd.tx.DealAt(at.slug)
	if err != nil {
		return nil, err
	}
	v, err := ledger.ViewDeal(rd.tx, deal)
	if err != nil {
		return nil, err
	}
	rd.tag(standfirst.DealTag(deal.ID), standfirst.EntityTag(v.Target.ID))
	about := &feed.Deal{Kind: string(deal.Kind), Stage: string(v.Stage), Target: v.Target.Name}
	for _, p := range v.Parties {
		rd.tag(standfirst.EntityTag(p.Entity.ID))
		about.Parties = append(about.Parties, feed.Party{Name: p.Entity.Name, Role: string(p.Role)})
	}
	found, err := ledger.ReleasedOf(rd.tx, standfirst.Subject{Deal: deal.ID})
	if err != nil {
		return nil, err
	}
	return figuresView(feed.Figures{Name: deal.Title, Address: rd.outside(deal.Path()), Deal: about, Rows: rd.ledgerRows(found)}, at), nil
}

// ledgerRows returns the recordings for programs: sources in the words that stories printed,
// and times as days. Of what was erased nothing is left but its place.
func (rd *reading) ledgerRows(found []ledger.Recording) []feed.Row {
	var rows []feed.Row
	for _, r := range found {
		v := r.Version
		row := feed.Row{
			Claim: rd.outside(r.Claim.Path()), Version: v.Number, Title: r.Title, Property: string(r.Claim.Property), State: "withheld",
			Recorded: standfirst.DayOf(v.RecordedAt, rd.loc).String(),
		}
		if v.Erased {
			rows = append(rows, row)
			continue
		}
		row.Value, row.Amount = r.Claim.Property.Words(v.Value), feed.NewAmount(v.Value.Quantity)
		row.Modality, row.Evidence, row.State = string(v.Modality), rd.words.Text("evidence."+string(v.Evidence)), "current"
		if v.Ended != standfirst.Current {
			row.State, row.Ended = string(v.Ended), standfirst.DayOf(v.EndedAt, rd.loc).String()
		}
		for _, a := range v.Attributions {
			said := feed.Attribute{Words: a.Words, Day: a.Day.String()}
			if a.Words != "" && !slices.Contains(row.Attribution, said) {
				row.Attribution = append(row.Attribution, said)
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// figuresView is the figures in the format that the end of the address names.
func figuresView(f feed.Figures, at address) *view {
	return &view{write: func() (string, []byte, error) {
		if strings.HasSuffix(at.path, csvEnd) {
			body, err := f.CSV()
			return feed.TableType, body, err
		}
		body, err := f.JSON()
		return feed.FiguresType, body, err
	}}
}
