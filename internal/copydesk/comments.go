package copydesk

import "strings"

const (
	maxTimeWords   = 8  // in the line above a comment that says when it was written
	maxTimeBytes   = 80 // in bytes
	commentHeading = 6  // how many units may stand between the heading and the first time
	commentReach   = 8  // how many units after the time of a comment its "Reply" may stand
	longProse      = 12 // words
)

// findComments returns the unit at which the comments of readers begin, or len(r.units).
// Below the story there must be a heading such as "3 Comments" and then a line with the
// time of a comment, or such a line, a text and "Reply".
func (r *reader) findComments(forms []furniture) int {
	story := 0
	for i := range r.units {
		u := &r.units[i]
		if u.prose && u.words >= longProse {
			story++
		}
		relative, ok := commentTime(u)
		if !ok || story == 0 || i+1 >= len(r.units) {
			continue
		}
		heading, counted := r.commentHeading(i, forms)
		replied := r.hasReply(i)
		at := -1
		switch {
		case heading >= 0 && (replied || counted && story > 1):
			at = heading
		case relative && replied:
			at = i
			if before := &r.units[i-1]; !before.prose && before.words <= 4 && !endsWithStop(before.text) {
				at = i - 1
			}
		}
		if at > 0 && !r.signedAfter(at) {
			return at
		}
	}
	return len(r.units)
}

// signedAfter reports whether a byline follows: the story is still to come.
func (r *reader) signedAfter(i int) bool {
	for end := min(len(r.units), i+maxHeadUnits); i < end; i++ {
		if looksLikeByline(r.units[i].text) {
			return true
		}
	}
	return false
}

// commentHeading returns the heading of the comments the first of which has its time in
// unit i, or -1. counted tells that it is more than the bare word.
func (r *reader) commentHeading(i int, forms []furniture) (heading int, counted bool) {
	heading = -1
	for k := i - 1; k >= 0 && k >= i-commentHeading && !r.units[k].prose; k-- {
		f := forms[k]
		if (f.reason == "comment count" || f.reason == "reply prompt") && f.place != beside {
			heading = k
			counted = counted || r.units[k].words > 1
		}
	}
	return heading, counted
}

// hasReply reports whether a text and the link to answer it follow.
func (r *reader) hasReply(i int) bool {
	text := false
	for k := i + 1; k < len(r.units) && k <= i+commentReach; k++ {
		u := &r.units[k]
		if isReplyLine(u.text) {
			return text
		}
		text = true
	}
	return false
}

// isReplyLine reports whether a line is the links under a comment: "Reply", "Like Reply
// Report", "3 likes · Reply".
func isReplyLine(s string) bool {
	if len(s) > maxTimeBytes {
		return false
	}
	reply := false
	for word := range strings.FieldsSeq(s) {
		word = bare(word)
		reply = reply || word == "reply"
		if word != "" && !isNumber(word) && !replyLinks[word] {
			return false
		}
	}
	return reply
}

var replyLinks = wordSet{
	"reply": true, "like": true, "likes": true, "share": true, "report": true, "flag": true, "recommend": true, "upvote": true,
	"downvote": true, "edit": true, "delete": true, "link": true, "permalink": true, "respect": true,
}

// commentTime reports whether a unit is a short line that ends with a time as comments
// have it: "2 hours ago", "Dana P. · 3d ago", "November 3, 2026 at 4:12 pm".
func commentTime(u *unit) (relative, ok bool) {
	if u.words > maxTimeWords || len(u.text) > maxTimeBytes || u.prose {
		return false, false
	}
	fields := strings.Fields(u.text)
	for len(fields) > 0 && (bare(fields[len(fields)-1]) == "edited" || bare(fields[len(fields)-1]) == "") {
		fields = fields[:len(fields)-1]
	}
	n := len(fields)
	if n == 0 {
		return false, false
	}
	switch last := strings.ToLower(fields[n-1]); {
	case last == "ago" && n > 1 && isShortTime(fields[n-2]):
		return true, true
	case last == "ago" && n > 2 && timeUnits[bare(fields[n-2])] && (isNumber(fields[n-3]) || isArticle(fields[n-3])):
		return true, true
	case last == "now" && n > 1 && strings.EqualFold(fields[n-2], "just"):
		return true, n == 2
	}
	if !isDateLine(fields) || statesPublication(fields) {
		return false, false
	}
	for _, field := range fields {
		if _, _, isTime := cutTime(bare(field)); isTime {
			return false, true
		}
	}
	return false, false
}

var timeUnits = wordSet{
	"second": true, "seconds": true, "minute": true, "minutes": true, "min": true, "mins": true, "hour": true, "hours": true,
	"hr": true, "hrs": true, "day": true, "days": true, "week": true, "weeks": true, "month": true, "months": true, "year": true, "years": true,
}

func isArticle(s string) bool {
	return strings.EqualFold(s, "a") || strings.EqualFold(s, "an") || strings.EqualFold(s, "one")
}

// isShortTime reports whether a word is a time such as "3h" or "12d".
func isShortTime(s string) bool {
	i := digits(s, 0)
	if i == 0 || i > 2 {
		return false
	}
	switch s[i:] {
	case "s", "m", "h", "d", "w", "mo", "y", "min", "hr":
		return true
	}
	return false
}

// dropComments drops everything from the unit at on. What has another form of furniture
// is called by that.
func (r *reader) dropComments(at int, forms []furniture) {
	for i := at; i < len(r.units); i++ {
		switch f := forms[i]; {
		case r.units[i].dropped != "":
		case (f.place == anywhere || f.place == atEdge) && f.reason != "comment count" && f.reason != "reply prompt":
			r.drop(i, f.reason)
		default:
			r.drop(i, "readers' comments")
		}
	}
}
