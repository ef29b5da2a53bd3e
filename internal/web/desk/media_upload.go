package desk

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"standfirst"
)

const (
	// maxFiles bounds how many pictures are taken at a time.
	maxFiles = 20
	// maxUpload bounds the bytes of a form with pictures: as many as are taken, each as large
	// as it may be, and what stands around them.
	maxUpload = maxFiles*standfirst.MaxPictureBytes + 1<<20
	// uploadPatience is how long an upload may stand still.
	uploadPatience = time.Minute
	// uploadTime is how long an upload may take in all.
	uploadTime = 15 * time.Minute
)

// uploadFailure is one file that was not taken.
type uploadFailure struct {
	Name string `json:"name"`
	Text string `json:"error"`

	kind standfirst.ErrorKind
}

// uploadAnswer tells a script what became of each file.
type uploadAnswer struct {
	Error    string          `json:"error,omitempty"` // if none was taken
	Pictures []pictureCard   `json:"pictures"`
	Failures []uploadFailure `json:"failures"`
}

// uploadPictures takes in the pictures of the form, one after another as they arrive. Those
// that are no pictures keep no other from being taken.
func (m *member) uploadPictures() error {
	if err := m.staff.Actor().Require(standfirst.AddPicture); err != nil {
		return err
	}
	taken, failures, err := m.takePictures()
	if err != nil {
		return err
	}
	status := uploadStatus(len(taken), failures)
	if status == http.StatusServiceUnavailable {
		m.w.Header().Set("Retry-After", "30")
	}
	if wantsJSON(m.r) {
		answer := uploadAnswer{Pictures: []pictureCard{}, Failures: failures}
		for _, p := range taken {
			answer.Pictures = append(answer.Pictures, m.pictureCard(p))
		}
		if len(taken) == 0 {
			answer.Error = failures[0].Text
		}
		return m.json(status, answer)
	}
	_, story := m.storyAsked()
	query := ""
	if story != 0 {
		query = "&story=" + story.String()
	}
	switch {
	case len(failures) > 0:
		p := &mediaPage{Failures: failures}
		if len(taken) > 0 {
			p.Done = m.Text("desk.media.done.several", len(taken))
		}
		return m.picturesPage(status, p)
	case len(taken) == 1:
		http.Redirect(m.w, m.r, picturePath(taken[0].ID)+"?done=added"+query, http.StatusSeeOther)
	default:
		http.Redirect(m.w, m.r, mediaPath+"?added="+strconv.Itoa(len(taken))+query, http.StatusSeeOther)
	}
	return nil
}

// uploadStatus returns the status that answers an upload: it failed where nothing was taken,
// and may be sent again where there was no room for it.
func uploadStatus(taken int, failures []uploadFailure) int {
	if len(failures) == 0 || taken > 0 {
		return http.StatusOK
	}
	if slices.ContainsFunc(failures, func(f uploadFailure) bool { return f.kind == standfirst.Unavailable }) {
		return http.StatusServiceUnavailable
	}
	for _, f := range failures {
		if f.kind != standfirst.TooLarge {
			return http.StatusUnprocessableEntity
		}
	}
	return http.StatusRequestEntityTooLarge
}

// takePictures reads the form part by part. It returns an error only for what is neither the
// fault of a file nor of the form.
func (m *member) takePictures() (taken []standfirst.Picture, failures []uploadFailure, err error) {
	fail := func(name string, err error) {
		failures = append(failures, uploadFailure{name, message(err), standfirst.KindOf(err)})
	}
	parts, err := m.r.MultipartReader()
	if err != nil {
		fail("", standfirst.WrapError(standfirst.Invalid, err, "no file was sent; choose one first"))
		return nil, failures, nil
	}
	until, full := time.Now().Add(m.uploadTime), false
	for files := 0; ; {
		m.goOn(until)
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return m.cutOff(taken, failures, err)
		}
		name := path.Base(strings.ReplaceAll(part.FileName(), `\`, "/"))
		if part.FileName() == "" {
			continue // a field, or a choice of no file
		}
		if files++; files > maxFiles {
			if files == maxFiles+1 { // told once, however many there are
				fail(name, standfirst.Errorf(standfirst.TooLarge, "%d pictures are taken at a time; %q and what came after it was left out", maxFiles, name))
			}
			continue
		}
		if full {
			fail(name, standfirst.Errorf(standfirst.Unavailable, "%q was left out as well; send it again in half a minute", name))
			continue
		}
		p, err := m.media.Add(m.r.Context(), m.staff.Actor(), name, &arriving{m, part, until})
		switch kind := standfirst.KindOf(err); {
		case err == nil:
			taken = append(taken, p)
		case isTooLarge(err) || errors.Is(err, os.ErrDeadlineExceeded) || errors.Is(err, io.ErrUnexpectedEOF):
			return m.cutOff(taken, failures, err)
		case kind == standfirst.Invalid || kind == standfirst.TooLarge:
			fail(name, err)
		case kind == standfirst.Unavailable:
			full = true
			fail(name, err)
		default:
			return nil, nil, err
		}
	}
	if len(taken)+len(failures) == 0 {
		fail("", standfirst.Errorf(standfirst.Invalid, "no file was sent; choose one first"))
	}
	return taken, failures, nil
}

// cutOff returns what was taken before the form could not be read on.
func (m *member) cutOff(taken []standfirst.Picture, failures []uploadFailure, err error) ([]standfirst.Picture, []uploadFailure, error) {
	told := standfirst.WrapError(standfirst.Invalid, err, "the form did not arrive as a whole; send what is missing again")
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		told = standfirst.WrapError(standfirst.Unavailable, err, "the files stood still for too long, or took longer than %.0f minutes; send what is missing again, fewer at a time", m.uploadTime.Minutes())
	case isTooLarge(err):
		told = standfirst.WrapError(standfirst.TooLarge, err, "the files together are larger than %d MB; send fewer at a time", int64(maxUpload)>>20)
	}
	return taken, append(failures, uploadFailure{"", message(told), standfirst.KindOf(told)}), nil
}

func isTooLarge(err error) bool {
	var tooLarge *http.MaxBytesError
	return errors.As(err, &tooLarge)
}

// goOn gives the upload more time, as long as it does not stand still and until its time is
// up: a server's own limits are made for small forms. Where they cannot be moved, those count.
func (m *member) goOn(until time.Time) {
	c := http.NewResponseController(m.w)
	if next := time.Now().Add(uploadPatience); next.Before(until) {
		until = next
	}
	_ = c.SetReadDeadline(until)
	_ = c.SetWriteDeadline(until.Add(uploadPatience))
}

// arriving is a file on its way.
type arriving struct {
	member *member
	part   *multipart.Part
	until  time.Time
}

// Read implements io.Reader.
func (a *arriving) Read(b []byte) (int, error) {
	a.member.goOn(a.until)
	return a.part.Read(b)
}
