package copydesk

import (
	"slices"
	"strings"

	"standfirst"
)

var (
	jobNouns    = []string{"jobs", "job", "roles", "positions", "posts", "employees", "workers", "people", "staff", "staffers", "redundancies", "layoffs"}
	cutNouns    = []string{"layoffs", "cuts", "redundancies", "cut", "loss", "lay-offs", "redundancy"}
	staffNouns  = []string{"workforce", "staff", "employees", "headcount", "jobs", "payroll", "workers"}
	downVerbs   = wordSet{"fall": true, "drop": true, "lose": true, "slide": true, "slip": true, "plunge": true, "tumble": true, "sink": true, "decline": true, "shed": true, "dip": true, "sag": true, "retreat": true, "crash": true, "slump": true, "weaken": true, "ease": true, "cut": true, "trim": true, "halve": true}
	upVerbs     = wordSet{"rise": true, "climb": true, "gain": true, "jump": true, "surge": true, "soar": true, "advance": true, "rally": true, "add": true, "leap": true, "rebound": true, "spike": true, "firm": true, "lift": true, "grow": true, "increase": true}
	downNouns   = []string{"drop", "fall", "decline", "slide", "slump", "plunge", "loss", "dip", "tumble", "decrease"}
	upNouns     = []string{"rise", "gain", "jump", "surge", "increase", "rally", "leap", "climb", "advance"}
	shareTokens = []string{"shares", "share", "stock"}
)

// cutsJobs reports whether the sentence tells that jobs go.
func (c *claimReader) cutsJobs() bool {
	counted := c.tells(jobNouns...)
	for i := range c.ph {
		counted = counted || c.ph[i].figure != nil && isJobs(c.ph[i].figure)
	}
	for i := range c.cs {
		k := c.at(i)
		switch {
		case k.kind == chunkNoun && k.hasWord("layoffs", "redundancies", "lay-offs"):
			return true
		case k.kind == chunkVerb && k.v.in("lay") && (k.word != "lay" || k.v.particle == "off") && counted:
			return true
		case k.kind == chunkNoun && k.hasWord("loss", "cut", "cuts") && counted:
			return true
		case k.kind == chunkVerb && k.word == "go" && counted:
			return true
		}
	}
	return false
}

// isJobs reports whether the figure counts jobs or those who have them.
func isJobs(f *Figure) bool {
	return f.Kind == Count && slices.Contains(jobNouns, strings.ToLower(f.Quantity.Noun))
}

// jobs reads "cut 4,200 jobs", "4,200 roles will go", "the loss of 150 jobs".
func (c *claimReader) jobs(i int, claim *foundClaim) bool {
	if !c.cut || !isJobs(claim.figure) {
		return false
	}
	h, prep := c.head(i)
	w := c.verbBefore(i)
	governed := w >= 0 && c.at(w).v.in("lay") && (c.at(w).word != "lay" || c.at(w).v.particle == "off") && (prep == "" || h == w || c.skipBack(i-1) == w)
	isCutNoun := h >= 0 && c.at(h).kind == chunkNoun && prep == "of" && c.at(h).hasWord(cutNouns...) || c.at(i).hasWord("redundancies", "layoffs", "cuts")
	v := i + 1
	for v < len(c.cs) && v < i+5 && c.at(v).kind != chunkVerb && c.at(v).kind != chunkStop && c.at(v).kind != chunkComma {
		v++
	}
	passive := c.at(v).kind == chunkVerb && (c.at(v).v.passive && c.at(v).v.in("lay") || c.at(v).word == "go") && c.subjectOf(v).noun == i
	if !governed && !isCutNoun && !passive {
		return false
	}
	claim.property = standfirst.JobsCut
	if passive {
		preps, _ := c.prepsFrom(v+1, false)
		if names := preps.names("at", "by"); len(names) > 0 {
			return c.one(claim, names)
		}
		return c.one(claim, c.topicAt(i))
	}
	if at := c.at(i + 1); at.kind == chunkPrep && at.word == "at" {
		if a := c.argumentAt(i+2, false); a.some() {
			return c.one(claim, a.names)
		}
	}
	if h >= 0 && c.at(h).kind == chunkNoun && isCutNoun {
		if names := c.owners(h); len(names) > 0 {
			return c.one(claim, names)
		}
	}
	return c.one(claim, c.subjectOr(i))
}

// headcount reads "employs 4,200 people".
func (c *claimReader) headcount(i int, claim *foundClaim) bool {
	if !isJobs(claim.figure) {
		return false
	}
	w := c.skipBack(i - 1)
	if w < 0 || c.at(w).kind != chunkVerb || c.at(w).word != "employ" || c.at(w).v.modal != "" || c.at(w).v.infinitive || c.at(w).v.passive {
		return false
	}
	claim.property = standfirst.Headcount
	return c.one(claim, c.resolve(c.subjectOf(w), w))
}

// staffShare reads "more than 10% of its workforce" where jobs are cut.
func (c *claimReader) staffShare(i int, claim *foundClaim) bool {
	if !c.cut || c.at(i+1).kind != chunkPrep || c.at(i+1).word != "of" && c.at(i+1).word != "in" {
		return false
	}
	of := c.argumentAt(i+2, false)
	if of.noun < 0 || !c.at(of.noun).hasWord(staffNouns...) {
		return false
	}
	claim.property = standfirst.ShareOfStaffCut
	// The subject is that of the jobs, so that "its" is not asked twice.
	for _, other := range c.found {
		if other.property == standfirst.JobsCut {
			claim.entity = other.entity
			return true
		}
	}
	if names := c.ownerOf(of.noun); len(names) > 0 {
		return c.one(claim, names)
	}
	return c.one(claim, c.subjectOr(i))
}

// priceMove reads "shares fell 6.4%", "a 2.1% drop in the company's share price".
func (c *claimReader) priceMove(i int, claim *foundClaim) bool {
	k := c.at(i)
	var whose []argName
	w := c.verbBefore(i)
	switch {
	case k.hasWord(downNouns...) || k.hasWord(upNouns...):
		claim.down = k.hasWord(downNouns...)
		if c.at(i+1).kind != chunkPrep || c.at(i+1).word != "in" && c.at(i+1).word != "of" {
			return false
		}
		n := c.skip(i + 2)
		if !c.at(n).hasWord(shareTokens...) || c.at(n).hasWord("market") {
			return false
		}
		if whose = c.ownerOf(n); len(whose) == 0 {
			whose = c.d.topicOr(c.topicAt(i))
		}
	case w >= 0 && (downVerbs[c.at(w).word] || upVerbs[c.at(w).word] || c.at(w).v.in("move")) && (c.skipBack(i-1) == w || c.at(c.skipBack(i-1)).kind == chunkPrep && c.at(c.skipBack(i-1)).word == "by"):
		claim.down = downVerbs[c.at(w).word]
		if !claim.down && !upVerbs[c.at(w).word] {
			return false
		}
		whose = c.shareOwner(w)
	default:
		return false
	}
	claim.property, claim.change = standfirst.SharePriceMove, true
	if claim.day = c.dateIn(claim.figure.Start, standfirst.PrecisionDay); claim.day == nil && c.saysSameDay() {
		claim.day = c.d.lastDay
	}
	if claim.day == nil {
		claim.day = c.storyDay(w)
	}
	return claim.day != nil && c.one(claim, whose)
}

// storyDay returns the day of the story as that of a move of which nothing says when it was; nil
// where something does, or where the verb at chunk w tells of what had been before.
func (c *claimReader) storyDay(w int) *DateMark {
	if c.on.IsZero() || w >= 0 && (c.at(w).v.perfect || c.hasHad(c.at(w))) || c.tells("since", "week", "month", "year", "weeks", "months", "years", "yesterday", "ago") {
		return nil
	}
	for i := range c.ph {
		if c.ph[i].date != nil {
			return nil
		}
	}
	return &DateMark{Range: standfirst.DateRange{From: c.on, To: c.on, Precision: standfirst.PrecisionDay}}
}

// saysSameDay reports whether the sentence says "the same day", of the day that was named
// last.
func (c *claimReader) saysSameDay() bool {
	for i := 1; i < len(c.ph); i++ {
		if c.ph[i].is("day") && c.ph[i-1].is("same") {
			return true
		}
	}
	return false
}

// topicOr returns what the text is about, or else the given names.
func (d *dealReader) topicOr(names []argName) []argName {
	if len(names) > 0 {
		return names
	}
	return d.topic
}

// changeOf reads "revenue rose 5%".
func (c *claimReader) changeOf(i int, claim *foundClaim) bool {
	k := c.at(i)
	at := -1
	w := c.verbBefore(i)
	switch {
	case k.hasWord(downNouns...) || k.hasWord(upNouns...):
		claim.down = k.hasWord(downNouns...)
		if c.at(i+1).kind == chunkPrep && (c.at(i+1).word == "in" || c.at(i+1).word == "of") {
			at = c.skip(i + 2)
		}
	case w >= 0 && (downVerbs[c.at(w).word] || upVerbs[c.at(w).word]) && c.skipBack(i-1) == w:
		claim.down = downVerbs[c.at(w).word]
		if a := c.subjectOf(w); a.noun >= 0 && !a.some() {
			at = a.noun
		}
	}
	if at < 0 {
		return false
	}
	switch {
	case c.at(at).hasWord("margin", "margins", "per", "comparable", "like-for-like"):
		return false
	case c.at(at).hasWord("revenue", "revenues", "sales", "turnover"):
		claim.property = standfirst.RevenueChange
	case c.at(at).hasWord("profit", "profits", "earnings", "ebitda", "income"):
		claim.property = standfirst.ProfitChange
	default:
		return false
	}
	claim.change = true
	claim.period = c.periodOf(claim.figure.Start)
	whose := c.ownerOf(at)
	if len(whose) == 0 {
		whose = c.topicAt(i)
	}
	return c.one(claim, whose)
}
