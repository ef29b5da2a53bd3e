package live

import (
	"bytes"
	"strings"
)

// Event is one server-sent event.
type Event struct {
	// ID is what a reader that comes back says it saw last. It may be empty; then the
	// reader's last one stays.
	ID string
	// Name is what scripts listen for; "" is "message".
	Name string
	// Data is one line of JSON or several lines of text. Browsers tell scripts nothing
	// of an event without any, but they keep its ID.
	Data []byte
}

// appendTo appends the event as it goes over the wire. Ends of lines, which would
// begin another field, are taken out of ID and name and kept in the data.
func (e Event) appendTo(b []byte) []byte {
	b = appendField(b, "id: ", e.ID)
	b = appendField(b, "event: ", e.Name)
	if len(e.Data) > 0 {
		data := bytes.ReplaceAll(e.Data, []byte("\r\n"), []byte("\n"))
		data = bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))
		for line := range bytes.SplitSeq(data, []byte("\n")) {
			b = append(append(append(b, "data: "...), line...), '\n')
		}
	}
	return append(b, '\n')
}

// appendField appends a field of one line, unless it is empty.
func appendField(b []byte, name, value string) []byte {
	if value = oneLine.Replace(value); value == "" {
		return b
	}
	return append(append(append(b, name...), value...), '\n')
}

// oneLine drops what no field of one line may have; browsers ignore an ID with a zero
// byte.
var oneLine = strings.NewReplacer("\r", "", "\n", "", "\x00", "")
