package desk

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"standfirst"
)

// frontDeeds are what the buttons of the page do.
var frontDeeds = []string{"up", "down", "off", "lead", "pin", "times", restore}

// movePin returns the pins after the deed on the story. Who leads is a matter of the place:
// whoever comes there leads.
func movePin(seen []standfirst.Pin, deed, story string, front bool) ([]standfirst.Pin, error) {
	n, err := strconv.ParseInt(story, 10, 64)
	id := standfirst.StoryID(n)
	at := slices.IndexFunc(seen, func(p standfirst.Pin) bool { return p.Story == id })
	if err != nil || !slices.Contains(frontDeeds, deed) || at < 0 && deed != "pin" && deed != "lead" {
		return nil, standfirst.Errorf(standfirst.Invalid, "the form does not say what to do with which story")
	}
	pins := slices.Clone(seen)
	switch deed {
	case "up":
		if at == 0 {
			pins[0].Lead = front
			break
		}
		swapPins(pins, at-1)
	case "down":
		if at == len(pins)-1 {
			pins[at].Lead = false
			break
		}
		swapPins(pins, at)
	case "off":
		pins = slices.Delete(pins, at, at+1)
	case "pin":
		pins = append(pins, standfirst.Pin{Story: id})
	case "lead":
		pin := standfirst.Pin{Story: id}
		if at >= 0 {
			pin = pins[at]
			pins = slices.Delete(pins, at, at+1)
		}
		if len(pins) > 0 {
			pins[0].Lead = false
		}
		pin.Lead = true
		pins = slices.Insert(pins, 0, pin)
	}
	return pins, nil
}

// swapPins exchanges the stories at the place and the next.
func swapPins(pins []standfirst.Pin, at int) {
	pins[at], pins[at+1] = pins[at+1], pins[at]
	pins[at].Lead, pins[at+1].Lead = pins[at+1].Lead, pins[at].Lead
}

// pinsText writes the pins for a form: "12.lead,15,16.1772720000000000", with the
// microseconds of the end.
func pinsText(pins []standfirst.Pin) string {
	texts := make([]string, len(pins))
	for i, p := range pins {
		texts[i] = p.Story.String()
		if p.Lead {
			texts[i] += ".lead"
		}
		if !p.Until.IsZero() {
			texts[i] += "." + strconv.FormatInt(p.Until.UnixMicro(), 10)
		}
	}
	return strings.Join(texts, ",")
}

// parsePins reads what pinsText writes.
func parsePins(text string) ([]standfirst.Pin, error) {
	var pins []standfirst.Pin
	for part := range strings.SplitSeq(text, ",") {
		if text == "" {
			break
		}
		id, rest, _ := strings.Cut(part, ".")
		n, err := strconv.ParseInt(id, 10, 64)
		p := standfirst.Pin{Story: standfirst.StoryID(n)}
		if after, ok := strings.CutPrefix(rest, "lead"); ok {
			p.Lead, rest = true, strings.TrimPrefix(after, ".")
		}
		if err == nil && rest != "" {
			var us int64
			us, err = strconv.ParseInt(rest, 10, 64)
			p.Until = time.UnixMicro(us).UTC()
		}
		if err != nil || n <= 0 {
			return nil, standfirst.Errorf(standfirst.Invalid, "the form does not say which stories were pinned")
		}
		pins = append(pins, p)
	}
	return pins, nil
}
