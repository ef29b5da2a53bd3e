package copydesk

import "testing"

func TestTickers(t *testing.T) {
	testProse(t, "ticker", []struct{ text, want string }{
		{"Northwind Freight Inc. (NASDAQ: NWF) rose.", `ticker (NASDAQ: NWF) = XNAS NWF of "Northwind Freight Inc."`},
		{"Shares in Orrin plc (LSE: ORR) and Verrière SA (Euronext Paris: VRRE) fell.",
			`ticker (LSE: ORR) = XLON ORR of "Orrin plc"; ticker (Euronext Paris: VRRE) = XPAR VRRE of "Verrière SA"`},
		{"Ormesby Chemicals OMSB.L and (KDVB.NS) rose.", `ticker OMSB.L = XLON OMSB of ""; ticker (KDVB.NS) = XNSE KDVB of ""`},
		{"The NYSE: a history. At 10:30, version 2.L of the (NOTE: IT) was out.", ""},
		{"NYSE-listed Northwind rose.", ""},
	})
}
