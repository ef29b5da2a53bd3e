package standfirst

import (
	"strings"
	"time"
	"unicode"
)

// VoiceState is where a voice stands on its way into a story, and out of it.
type VoiceState string

const (
	VoiceAsked     VoiceState = "asked"     // its writer got a mail and has not answered
	VoiceAgreed    VoiceState = "agreed"    // its writer agreed; it is not in the story yet
	VoicePlaced    VoiceState = "placed"    // readers see it in the story
	VoiceDeclined  VoiceState = "declined"  // its writer does not want it
	VoiceWithdrawn VoiceState = "withdrawn" // its writer took it back, or the desk did
)

// VoiceSource is how the desk got a voice.
type VoiceSource string

const (
	VoiceComment   VoiceSource = "comment" // picked from the comments
	VoiceInterview VoiceSource = "interview"
	VoiceEmail     VoiceSource = "email"
	VoiceStatement VoiceSource = "statement"
	VoicePost      VoiceSource = "post"  // on a platform of somebody else
	VoiceEvent     VoiceSource = "event" // said in public: a call, a conference, a court
	VoiceOther     VoiceSource = "other"
)

// DeskVoiceSources are those that the desk chooses from for a voice that is no comment.
var DeskVoiceSources = []VoiceSource{VoiceInterview, VoiceEmail, VoiceStatement, VoicePost, VoiceEvent, VoiceOther}

// Limits of a voice, in bytes.
const (
	MaxVoiceWords = 2_000
	MaxVoicePart  = 200 // of a name, a role and an affiliation
)

// EmployerConfirmed is what a voice says whose writer agreed from an address of the
// organisation that it names.
const EmployerConfirmed = "employer address confirmed"

// VoiceRecord is a voice with how it was obtained and what its writer agreed to. What it
// says is empty once its writer declined it or took it back.
type VoiceRecord struct {
	ID      VoiceID
	Story   StoryID
	Comment CommentID // from which it was picked; zero for one of the desk's own
	State   VoiceState

	Voice  Voice  // as it stands, or would stand, in the story
	Domain string // of the organisation's addresses, as the desk knows it; may be empty
	// Employer says that the mail went to an address of the domain. It counts once its
	// receiver agreed by the link in that mail, and for that affiliation alone.
	Employer bool

	Source     VoiceSource
	ObtainedOn Day // zero if that is not known

	CreatedAt   time.Time // when its writer was asked, or the desk entered it
	CreatedBy   string    // as Actor.String
	AnsweredAt  time.Time // zero for never
	PlacedAt    time.Time // zero unless the story has it
	WithdrawnAt time.Time // zero for never
	Problem     string    // why it is not in the story, or not out of it; empty if all is well
}

// Path returns the address of the voice at which its writer answers, without the key.
func (v VoiceRecord) Path() string { return "/voice/" + v.ID.String() }

// Shown returns the voice as readers see it: with what is known of the address.
func (v VoiceRecord) Shown() Voice {
	shown := v.Voice
	if v.Employer && shown.Speaker.Affiliation != "" {
		shown.Disclosure = strings.TrimSuffix(EmployerConfirmed+" · "+shown.Disclosure, " · ")
	}
	return shown
}

// Line returns what stands under the words: "Name, role, affiliation · disclosure".
func (v Voice) Line() string {
	line := v.Speaker.Name
	for _, part := range []string{v.Speaker.Role, v.Speaker.Affiliation} {
		if part != "" {
			line += ", " + part
		}
	}
	if v.Disclosure != "" {
		line += " · " + v.Disclosure
	}
	return line
}

// Paragraphs returns the words of the voice by paragraph, each on one line.
func (v Voice) Paragraphs() []string {
	var paragraphs []string
	for paragraph := range strings.SplitSeq(v.Text, "\n\n") {
		if words := strings.Join(strings.Fields(paragraph), " "); words != "" {
			paragraphs = append(paragraphs, words)
		}
	}
	return paragraphs
}

// Validate returns an Invalid error that names what cannot stand in a block of voices.
func (v Voice) Validate() error {
	switch paragraphs := v.Paragraphs(); {
	case len(paragraphs) == 0:
		return Errorf(Invalid, "the voice says nothing")
	case len(v.Text) > MaxVoiceWords:
		return Errorf(Invalid, "the words have %d bytes, %d at most", len(v.Text), MaxVoiceWords)
	default:
		for _, p := range paragraphs {
			if strings.HasPrefix(p, "--") || strings.TrimLeft(p, "—–―") != p {
				return Errorf(Invalid, "a paragraph cannot begin with a dash: it would be read as the line that says who speaks")
			}
		}
	}
	return v.ValidateSpeaker()
}

// ValidateSpeaker returns an Invalid error that says what is wrong with how the speaker is
// named. The line under a voice is read again by readers' eyes and by programs, so what
// would be read as something else is refused.
func (v Voice) ValidateSpeaker() error {
	for _, f := range []struct {
		what, value string
		limit       int
	}{
		{"name", v.Speaker.Name, MaxVoicePart}, {"role", v.Speaker.Role, MaxVoicePart}, {"affiliation", v.Speaker.Affiliation, MaxVoicePart},
		{"disclosure", v.Disclosure, MaxDisclosureText},
	} {
		switch {
		case len(f.value) > f.limit:
			return Errorf(Invalid, "the %s has %d bytes, %d at most", f.what, len(f.value), f.limit)
		case strings.ContainsFunc(f.value, breaksLine):
			return Errorf(Invalid, "the %s has a line break or a control character in it", f.what)
		case strings.Contains(strings.ToLower(f.value), "address confirmed"):
			return Errorf(Invalid, "the %s cannot say that an address is confirmed: that is said only where it is", f.what)
		}
	}
	if !strings.ContainsFunc(v.Speaker.Name, unicode.IsLetter) {
		return Errorf(Invalid, "the voice needs a name")
	}
	speaker, disclosure, ok := ParseVoiceLine("— " + v.Line())
	switch {
	case !ok || speaker.Name != v.Speaker.Name:
		return Errorf(Invalid, "the name %q would be read as more than a name; leave commas, semicolons and dots in the middle of the line out", v.Speaker.Name)
	case disclosure != v.Disclosure:
		return Errorf(Invalid, "what is disclosed would be read as something else; leave semicolons, dots in the middle of the line and brackets out of the role and affiliation")
	}
	return nil
}

// VoiceSettling is the payload of [JobSettleVoice].
type VoiceSettling struct {
	Voice VoiceID `json:"voice"`
}
