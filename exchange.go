package standfirst

import (
	"slices"
	"strings"
)

// Exchange is a market on which shares are listed.
type Exchange struct {
	MIC   string   // ISO 10383 operating code, such as XNYS
	Name  string   // as the trade says it, such as "New York Stock Exchange"
	Codes []string // as they stand before a ticker, in upper case; the first is the usual one
}

// exchanges is a small gazetteer: the codes are those of ISO 10383's public list
// and of the style books of news agencies.
var exchanges = []Exchange{
	{"XNYS", "New York Stock Exchange", []string{"NYSE"}},
	{"XNAS", "Nasdaq", []string{"NASDAQ", "NASDAQGS", "NASDAQGM", "NASDAQCM"}},
	{"XASE", "NYSE American", []string{"NYSE AMERICAN", "NYSEAMERICAN", "AMEX"}},
	{"ARCX", "NYSE Arca", []string{"NYSE ARCA", "NYSEARCA"}},
	{"BATS", "Cboe BZX", []string{"CBOE", "BATS"}},
	{"OTCM", "OTC Markets", []string{"OTC", "OTCQX", "OTCQB", "OTCMKTS"}},
	{"XTSE", "Toronto Stock Exchange", []string{"TSX", "TSE"}},
	{"XTSX", "TSX Venture Exchange", []string{"TSXV", "TSX-V"}},
	{"XLON", "London Stock Exchange", []string{"LSE", "LON"}},
	{"AIMX", "AIM, London", []string{"AIM"}},
	{"XPAR", "Euronext Paris", []string{"EPA", "EURONEXT PARIS", "PAR"}},
	{"XAMS", "Euronext Amsterdam", []string{"AMS", "EURONEXT AMSTERDAM"}},
	{"XBRU", "Euronext Brussels", []string{"EBR", "EURONEXT BRUSSELS", "BRU"}},
	{"XLIS", "Euronext Lisbon", []string{"ELI", "EURONEXT LISBON"}},
	{"XDUB", "Euronext Dublin", []string{"ISE", "EURONEXT DUBLIN"}},
	{"XMIL", "Borsa Italiana", []string{"BIT", "MIL"}},
	{"XOSL", "Oslo Børs", []string{"OSL", "OSE"}},
	{"XETR", "Xetra", []string{"XETRA", "ETR"}},
	{"XFRA", "Frankfurt Stock Exchange", []string{"FRA", "FWB"}},
	{"XSWX", "SIX Swiss Exchange", []string{"SIX", "SWX"}},
	{"XWBO", "Vienna Stock Exchange", []string{"VIE", "WBAG"}},
	{"XMAD", "Bolsa de Madrid", []string{"BME", "MCE"}},
	{"XSTO", "Nasdaq Stockholm", []string{"STO", "NASDAQ STOCKHOLM", "OMX"}},
	{"XCSE", "Nasdaq Copenhagen", []string{"CPH", "NASDAQ COPENHAGEN"}},
	{"XHEL", "Nasdaq Helsinki", []string{"HEL", "NASDAQ HELSINKI"}},
	{"XICE", "Nasdaq Iceland", []string{"ICE", "NASDAQ ICELAND"}},
	{"XWAR", "Warsaw Stock Exchange", []string{"WSE", "GPW"}},
	{"XPRA", "Prague Stock Exchange", []string{"PSE", "PRG"}},
	{"XBUD", "Budapest Stock Exchange", []string{"BUD"}},
	{"XATH", "Athens Exchange", []string{"ATH", "ATHEX"}},
	{"XIST", "Borsa Istanbul", []string{"BIST", "IST"}},
	{"XTAE", "Tel Aviv Stock Exchange", []string{"TASE", "TLV"}},
	{"XSAU", "Saudi Exchange", []string{"TADAWUL", "SAUDI"}},
	{"XDFM", "Dubai Financial Market", []string{"DFM"}},
	{"XADS", "Abu Dhabi Securities Exchange", []string{"ADX"}},
	{"XJSE", "Johannesburg Stock Exchange", []string{"JSE"}},
	{"XTKS", "Tokyo Stock Exchange", []string{"TYO", "JPX", "TOKYO"}},
	{"XHKG", "Hong Kong Stock Exchange", []string{"HKEX", "HKG", "SEHK"}},
	{"XSHG", "Shanghai Stock Exchange", []string{"SSE", "SHA"}},
	{"XSHE", "Shenzhen Stock Exchange", []string{"SZSE", "SHE"}},
	{"XTAI", "Taiwan Stock Exchange", []string{"TWSE", "TPE"}},
	{"XKRX", "Korea Exchange", []string{"KRX", "KOSPI"}},
	{"XKOS", "Kosdaq", []string{"KOSDAQ"}},
	{"XNSE", "National Stock Exchange of India", []string{"NSE"}},
	{"XBOM", "BSE", []string{"BSE", "BOM"}},
	{"XSES", "Singapore Exchange", []string{"SGX"}},
	{"XASX", "Australian Securities Exchange", []string{"ASX"}},
	{"XNZE", "New Zealand Exchange", []string{"NZX", "NZE"}},
	{"XIDX", "Indonesia Stock Exchange", []string{"IDX"}},
	{"XBKK", "Stock Exchange of Thailand", []string{"SET", "BKK"}},
	{"XKLS", "Bursa Malaysia", []string{"KLSE", "BURSA"}},
	{"XMEX", "Mexican Stock Exchange", []string{"BMV"}},
	{"BVMF", "B3", []string{"B3", "BVMF", "BOVESPA"}},
}

var exchangesByCode = func() map[string]*Exchange {
	byCode := make(map[string]*Exchange)
	for i := range exchanges {
		byCode[exchanges[i].MIC] = &exchanges[i]
		for _, code := range exchanges[i].Codes {
			byCode[code] = &exchanges[i]
		}
	}
	return byCode
}()

// Exchanges returns the exchanges that the gazetteer knows.
func Exchanges() []Exchange { return slices.Clone(exchanges) }

// FindExchange returns the exchange that is written so before a ticker, in any
// case and with any single spaces, or by its MIC. It reports false for one that
// the gazetteer does not know.
func FindExchange(code string) (Exchange, bool) {
	e, ok := exchangesByCode[strings.ToUpper(strings.Join(strings.Fields(code), " "))]
	if !ok {
		return Exchange{}, false
	}
	return *e, true
}

// Ticker is a share's symbol on an exchange.
type Ticker struct {
	Exchange Exchange
	Symbol   string // such as NWF or BRK.B, as written
}

// Same reports whether both are one symbol on one exchange.
func (t Ticker) Same(other Ticker) bool {
	return t.Symbol == other.Symbol && t.Exchange.MIC == other.Exchange.MIC
}

// ParseTicker reads "NYSE: NWF", as the trade writes it between parentheses. It
// reports false unless the exchange is known and the symbol has the form of one:
// one to twelve capital letters, digits, dots and hyphens.
func ParseTicker(text string) (Ticker, bool) {
	code, symbol, found := strings.Cut(text, ":")
	symbol = strings.TrimSpace(symbol)
	if !found || symbol == "" || len(symbol) > 12 {
		return Ticker{}, false
	}
	for i, r := range symbol {
		letter := r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
		if !letter && (i == 0 || i == len(symbol)-1 || r != '.' && r != '-' && r != '/') {
			return Ticker{}, false
		}
	}
	exchange, ok := FindExchange(code)
	return Ticker{exchange, symbol}, ok
}
