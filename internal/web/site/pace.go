package site

import (
	"net/http"
	"strconv"
	"time"

	"standfirst"
	"standfirst/internal/web"
)

// pace counts how often each network asks for what costs more than a kept page.
type pace struct {
	most  int
	asked *web.Pace
}

// How much one network is answered in a minute. A script asks for suggestions as one types.
const (
	searchesAMinute    = 60
	suggestionsAMinute = 300
)

func newPace(most int, within time.Duration) *pace { return &pace{most, web.NewPace(within)} }

// take counts one more from where the request comes from. It returns a TooMany error if that
// is more than is answered at once, and says when to come again.
func (p *pace) take(w http.ResponseWriter, r *http.Request, now time.Time) error {
	left, resets := p.asked.Take(web.ClientNetwork(r), p.most, now)
	if left >= 0 {
		return nil
	}
	w.Header().Set("Retry-After", strconv.Itoa(int(resets.Seconds())+1))
	return standfirst.Errorf(standfirst.TooMany, "there are more searches from your connection than we answer at once; wait a minute and try again")
}
