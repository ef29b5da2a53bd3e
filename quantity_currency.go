package standfirst

import "strings"

// isoCodes has the codes of ISO 4217 for money in use, each with a space after it.
const isoCodes = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP " +
	"CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD " +
	"IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN " +
	"MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP " +
	"STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW "

// isISOCode reports whether code is one of the codes, in capitals.
func isISOCode(code string) bool {
	if len(code) != 3 || strings.IndexByte(code, ' ') >= 0 {
		return false
	}
	for rest, offset := isoCodes, 0; ; {
		i := strings.Index(rest, code)
		if i < 0 {
			return false
		}
		if (offset+i)%4 == 0 {
			return true
		}
		rest, offset = rest[i+1:], offset+i+1
	}
}

// currencySymbols has what stands before a sum of money, in lower case. What several
// countries use alone, such as "kr", is not in it; a dollar sign is that of the
// United States, a pound sign that of Britain and a yen sign that of Japan.
var currencySymbols = map[string]Unit{
	"$": "USD", "us$": "USD", "c$": "CAD", "ca$": "CAD", "cdn$": "CAD", "a$": "AUD", "au$": "AUD", "nz$": "NZD", "hk$": "HKD",
	"s$": "SGD", "sg$": "SGD", "nt$": "TWD", "r$": "BRL", "mx$": "MXN", "€": "EUR", "£": "GBP", "¥": "JPY", "jp¥": "JPY", "cn¥": "CNY",
	"rmb": "CNY", "₹": "INR", "rs": "INR", "₩": "KRW", "₽": "RUB", "₺": "TRY", "₪": "ILS", "฿": "THB", "₫": "VND", "₱": "PHP",
	"₴": "UAH", "₦": "NGN", "₸": "KZT", "₵": "GHS", "sfr": "CHF", "skr": "SEK", "nkr": "NOK", "dkr": "DKK",
}

// CurrencySymbol returns the currency that a symbol or code before a sum stands for:
// $, US$, HK$, €, Rs, CHF. Codes count in capitals only, the others in any case. It
// reports false for others, so for "kr", which several countries use.
func CurrencySymbol(prefix string) (Unit, bool) {
	if isISOCode(prefix) {
		return Unit(prefix), true
	}
	unit, ok := currencySymbols[strings.ToLower(strings.TrimSuffix(prefix, "."))]
	return unit, ok
}

// longestCurrency is how many words the longest name of a currency has.
const longestCurrency = 3

// CurrencyName returns the currency that words after a sum name, in any case:
// dollars, Swiss francs, pence. What is a hundredth, such as pence, reports so. It
// reports false for names that several currencies have, such as kronor or francs
// without their country, and for codes: they are for [CurrencySymbol].
func CurrencyName(words string) (unit Unit, hundredths, ok bool) {
	word, ok := currencyNames[strings.ToLower(words)]
	return word.unit, word.exponent == -2, ok
}

// currencyNames has the names of currencies in lower case, singular and plural.
var currencyNames = makeCurrencyNames()

func makeCurrencyNames() map[string]unitWord {
	// Countries with a shared name are before the name; names without any are of one
	// currency only, or of one that news means when it says no country.
	const table = `
USD  | us, u s, american                | dollar dollars
CAD  | canadian                         | dollar dollars
AUD  | australian                       | dollar dollars
NZD  | new zealand                      | dollar dollars
HKD  | hong kong                        | dollar dollars
SGD  | singapore, singaporean           | dollar dollars
TWD  | taiwan, taiwanese, new taiwan    | dollar dollars
USD  |                                  | dollar dollars buck bucks
EUR  |                                  | euro euros
GBP  | british                          | pound pounds
GBP  |                                  | pound pounds sterling
EGP  | egyptian                         | pound pounds
CHF  | swiss                            | franc francs
SEK  | swedish                          | krona kronor crown crowns kroner
NOK  | norwegian                        | krone kroner crown crowns kronor
DKK  | danish                           | krone kroner crown crowns kronor
ISK  | icelandic                        | krona kronur kronor
CZK  | czech                            | koruna korunas crown crowns
JPY  |                                  | yen
CNY  |                                  | yuan renminbi
CNY  | chinese                          | yuan
INR  | indian                           | rupee rupees
INR  |                                  | rupee rupees
PKR  | pakistani, pakistan              | rupee rupees
LKR  | sri lankan                       | rupee rupees
IDR  |                                  | rupiah
KRW  |                                  | won
KRW  | korean, south korean             | won
BRL  |                                  | reais
BRL  | brazilian                        | real reais
MXN  | mexican                          | peso pesos
ARS  | argentine                        | peso pesos
CLP  | chilean                          | peso pesos
COP  | colombian                        | peso pesos
PHP  | philippine                       | peso pesos
ZAR  |                                  | rand
ZAR  | south african                    | rand
TRY  | turkish                          | lira liras
PLN  |                                  | zloty zlotys zloties
PLN  | polish                           | zloty zlotys zloties
HUF  |                                  | forint forints
HUF  | hungarian                        | forint forints
RUB  |                                  | rouble roubles ruble rubles
RUB  | russian                          | rouble roubles ruble rubles
UAH  |                                  | hryvnia hryvnias
ILS  |                                  | shekel shekels
THB  |                                  | baht
MYR  |                                  | ringgit
VND  |                                  | dong
NGN  |                                  | naira
AED  | uae, emirati                     | dirham dirhams
MAD  | moroccan                         | dirham dirhams
SAR  | saudi                            | riyal riyals
QAR  | qatari                           | riyal riyals
KWD  | kuwaiti                          | dinar dinars
KES  | kenyan                           | shilling shillings
`
	names := map[string]unitWord{
		"pounds sterling": {unit: "GBP"}, "cents": {"USD", -2}, "cent": {"USD", -2}, "us cents": {"USD", -2}, "¢": {"USD", -2},
		"euro cents": {"EUR", -2}, "euro cent": {"EUR", -2}, "pence": {"GBP", -2}, "penny": {"GBP", -2}, "p": {"GBP", -2},
		"canadian cents": {"CAD", -2}, "australian cents": {"AUD", -2},
	}
	for line := range strings.Lines(table) {
		cells := strings.Split(strings.TrimSpace(line), "|")
		if len(cells) != 3 {
			continue
		}
		unit := Unit(strings.TrimSpace(cells[0]))
		for country := range strings.SplitSeq(cells[1], ",") {
			for name := range strings.FieldsSeq(cells[2]) {
				names[strings.TrimSpace(strings.TrimSpace(country)+" "+name)] = unitWord{unit: unit}
			}
		}
	}
	return names
}
