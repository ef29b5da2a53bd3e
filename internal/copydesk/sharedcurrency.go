package copydesk

import (
	"strings"

	"standfirst"
)

// sharedCurrencies are the names of money that several countries use; alone they have no
// currency.
var sharedCurrencies = wordSet{
	"kroner": true, "krone": true, "kronor": true, "krona": true, "crowns": true, "crown": true, "francs": true, "franc": true,
	"pesos": true, "peso": true, "lira": true, "shillings": true, "dinars": true, "riyals": true, "dirhams": true,
}

// exchangeMoney is whose money the companies of an exchange count in, and its names.
var exchangeMoney = map[string]struct{ country, names string }{
	"XSAU": {"Saudi", "riyals"}, "XDFM": {"UAE", "dirhams"}, "XADS": {"UAE", "dirhams"}, "XSWX": {"Swiss", "francs franc"},
	"XOSL": {"Norwegian", "kroner krone crowns"}, "XCSE": {"Danish", "kroner krone crowns"}, "XSTO": {"Swedish", "kronor krona crowns"},
	"XPRA": {"Czech", "crowns"}, "XMEX": {"Mexican", "pesos"},
}

// currencyCountries says whose money a shared name means; the country is empty where it
// means that of several.
type currencyCountries map[string]string

func (c currencyCountries) note(name, country string) {
	if old, ok := c[name]; ok && !strings.EqualFold(old, country) {
		country = ""
	}
	c[name] = country
}

// namedCountries returns whose money the passage names by its country: "Danish kroner".
func (p *scanned) namedCountries() currencyCountries {
	var named currencyCountries
	for j := 1; j < len(p.tokens); j++ {
		name := p.tokens[j].lower
		if !sharedCurrencies[name] || !p.capital(j-1) {
			continue
		}
		if _, _, ok := standfirst.CurrencyName(p.lower(j-1) + " " + name); ok {
			if named == nil {
				named = currencyCountries{}
			}
			named.note(name, p.tokens[j-1].text)
		}
	}
	return named
}

// countriesOf returns whose money a story means: what its passages name, and else that of
// the exchange on which the companies it tells of are listed.
func countriesOf(named []currencyCountries, tickers []TickerMark) currencyCountries {
	countries, listed := currencyCountries{}, currencyCountries{}
	for _, passage := range named {
		for name, country := range passage {
			countries.note(name, country)
		}
	}
	for _, t := range tickers {
		money := exchangeMoney[t.Ticker.Exchange.MIC]
		for name := range strings.FieldsSeq(money.names) {
			listed.note(name, money.country)
		}
	}
	for name, country := range listed {
		if _, ok := countries[name]; !ok {
			countries[name] = country
		}
	}
	return countries
}

// inContext returns the words, with the country whose money is meant: "3.2 billion
// kroner" after "500 million Danish kroner".
func (r *figureReader) inContext(from, to int) string {
	text, last := r.words(from, to), r.lower(to-1)
	country := r.countries[last]
	if country == "" || r.is(to-2, strings.ToLower(country)) || r.capital(to-2) && to-2 > from {
		return text
	}
	return strings.TrimSuffix(text, r.tokens[to-1].text) + country + " " + last
}
