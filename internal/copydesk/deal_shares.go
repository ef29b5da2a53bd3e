package copydesk

import "math/big"

// isShares reports whether the object is shares of somebody.
func (f *frame) isShares() bool {
	for _, a := range [...]argument{f.object, f.second} {
		if a.noun >= 0 && (shareNouns[f.r.at(a.noun).word] || f.r.at(a.noun).figure != nil && shareNouns[f.r.at(a.noun).figure.Quantity.Noun]) {
			return true
		}
	}
	of := f.preps.first("of")
	if a := f.object; a.noun >= 0 && !a.some() && f.r.at(a.noun).figure != nil && f.r.at(a.noun).figure.Kind == Percent && f.r.at(a.noun).word == "" && of.some() && belowHalf(f.r.at(a.noun).figure) {
		return true
	} else if a.noun >= 0 && !a.some() && f.r.at(a.noun).figure != nil && f.r.at(a.noun).figure.Kind == Percent && f.r.at(a.noun).word == "" && of.noun >= 0 && !of.some() && f.r.at(of.noun).hasWord("company", "shares", "stock", "firm", "business", "group") {
		return true
	}
	return of.noun >= 0 && (shareNouns[f.r.at(of.noun).word]) && !f.object.some()
}

// belowHalf reports whether a percentage is less than half.
func belowHalf(f *Figure) bool {
	hi := f.Quantity.Bounds().Hi
	return hi != nil && hi.Cmp(big.NewRat(50, 1)) < 0
}

// shareTarget returns the company whose shares are the object.
func (f *frame) shareTarget() []argName {
	if names := f.preps.names("in"); len(names) > 0 {
		return names[:1]
	}
	for _, a := range [...]argument{f.object, f.second, f.preps.first("of")} {
		if a.noun < 0 {
			continue
		}
		k := f.r.at(a.noun)
		switch {
		case len(k.mods) > 0:
			return []argName{{k.mods[0], a.noun}}
		case k.owner != nil:
			return []argName{{k.owner, a.noun}}
		}
	}
	return f.preps.names("of")
}
