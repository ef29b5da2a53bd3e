package copydesk

import "standfirst"

const (
	// modalityReach is how many tokens before a figure are looked at for what may come.
	modalityReach = 16
	// directionReach is the same for words of rising and falling.
	directionReach = 5
)

// modality tells whether the figure whose words begin at the token is a fact or what may
// come, by the words before it in its sentence.
func (r *figureReader) modality(from int) standfirst.Modality {
	w := figureWords()
	for j := from - 1; j >= max(r.sentence.Start, from-modalityReach); j-- {
		if r.tokens[j].kind == signToken && r.is(j, ";", ":") {
			break
		}
		if w.prospective[r.lower(j)] {
			return standfirst.Prospective
		}
	}
	return standfirst.Actual
}

// direction tells which way a figure moved, by the words before and behind it.
func (r *figureReader) direction(kind FigureKind, from, to int) standfirst.Direction {
	if kind == Count || kind == Multiple {
		return standfirst.NoDirection
	}
	w := figureWords()
	of := func(j int) standfirst.Direction {
		switch word := r.lower(j); {
		case w.up[word]:
			return standfirst.Up
		case w.down[word]:
			return standfirst.Down
		}
		return standfirst.NoDirection
	}
	for j := to; j < min(r.sentence.End, to+2); j++ {
		if d := of(j); d != standfirst.NoDirection && w.moves[r.lower(j)] {
			return d
		}
		if r.tokens[j].kind == signToken {
			break
		}
	}
	if kind == Money || kind == Price {
		return standfirst.NoDirection
	}
	j, first := from-1, max(r.sentence.Start, from-directionReach)
	switch {
	case r.is(j, "to", "at"):
		return standfirst.NoDirection // "rose to 4.12%" says where it stands
	case r.is(j, "or") && r.is(j-1, ","): // "fell 312 points, or 0.8%"
		j, first = j-2, max(r.sentence.Start, first-3)
	}
	for ; j >= first; j-- {
		if d := of(j); d != standfirst.NoDirection {
			return d
		}
		if r.is(j, ",", ";", "and", "representing") {
			break
		}
	}
	return standfirst.NoDirection
}
