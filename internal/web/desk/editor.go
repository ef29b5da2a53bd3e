package desk

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"

	"standfirst/internal/web"
)

// editor is what the page of a text hands to the script of the editor.
type editor struct {
	Nonce  string // of the styles that the editor makes
	Words  string // its interface strings by key, as JSON
	Person string // whose unsaved texts may be offered
}

// editor returns it for this answer, which may have inline styles with the nonce.
func (m *member) editor() (*editor, error) {
	words, err := json.Marshal(m.ui.Strings.Below("editor."))
	if err != nil {
		return nil, fmt.Errorf("desk: words of the editor: %w", err)
	}
	e := &editor{Nonce: rand.Text(), Words: string(words), Person: m.staff.ID.String()}
	web.AllowStyles(m.w.Header(), e.Nonce)
	return e, nil
}

// liveParts are the parts of the page that a script sets into it while a text is written.
type liveParts struct {
	Figures string `json:"figures"`
	Checks  string `json:"checks"`
}

// livePanel answers a script with the panel's data, and as the page shows it.
func (m *member) livePanel(p figuresPanel) error {
	var figures, checks bytes.Buffer
	if err := m.ui.Part(&figures, "story", "figures", p); err != nil {
		return err
	}
	if err := m.ui.Part(&checks, "story", "checks", p); err != nil {
		return err
	}
	return m.json(http.StatusOK, struct {
		figuresPanel
		HTML liveParts `json:"html"`
	}{p, liveParts{figures.String(), checks.String()}})
}
