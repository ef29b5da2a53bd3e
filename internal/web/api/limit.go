package api

import (
	"fmt"
	"net/http"
	"strconv"
	"time"

	"standfirst"
	"standfirst/internal/web"
)

// How many requests are answered in a minute, by each node: of one address without a token,
// and of one token.
const (
	requestsOfAddress = 120
	requestsOfToken   = 600
	limitWindow       = time.Minute
)

// limit counts one more request of who asks, and says how many are left, as the draft of the
// IETF for RateLimit header fields has it. It returns a TooMany error where none are.
func (a *API) limit(w http.ResponseWriter, p *program) error {
	policy, most := "address", requestsOfAddress
	var who string
	if p.token.ID != 0 {
		policy, most, who = "token", requestsOfToken, strconv.FormatInt(int64(p.token.ID), 10)
	} else {
		who = web.ClientNetwork(p.r)
	}
	left, anew := a.pace.Take(policy+" "+who, most, p.Clock())
	resets := int((anew + time.Second - 1) / time.Second)
	h := w.Header()
	h.Set("RateLimit-Policy", fmt.Sprintf("%q;q=%d;w=%d", policy, most, int(limitWindow.Seconds())))
	h.Set("RateLimit", fmt.Sprintf("%q;r=%d;t=%d", policy, max(left, 0), resets))
	if left < 0 {
		h.Set("Retry-After", strconv.Itoa(resets))
		return standfirst.Errorf(standfirst.TooMany, "%d requests a minute are the most; wait %d seconds", most, resets)
	}
	return nil
}
