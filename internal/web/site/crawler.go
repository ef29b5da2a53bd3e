package site

import (
	"encoding/json"
	"strings"
	"time"

	"standfirst"
)

const (
	robotsPath   = "/robots.txt"
	securityPath = "/.well-known/security.txt"
	manifestPath = "/site.webmanifest"
)

// trainers are the names, in robots.txt, of the crawlers that gather texts to train models,
// as those who send them document them. What fetches a page because somebody asked, and what
// search engines send, is not among them.
var trainers = []string{
	"AI2Bot", "Amazonbot", "Applebot-Extended", "Bytespider", "CCBot", "ClaudeBot", "cohere-training-data-crawler",
	"Diffbot", "FacebookBot", "Google-Extended", "GPTBot", "meta-externalagent", "Omgilibot", "PanguBot", "Timpibot", "Webzio-Extended",
}

// loadRobots says what crawlers may read: everything, but that the publication may ask those
// to stay away that gather texts to train models.
func loadRobots(rd *reading, _ address) (*view, error) {
	var b strings.Builder
	if rd.pub.Crawlers == standfirst.DenyTraining {
		for _, name := range trainers {
			b.WriteString("User-agent: " + name + "\n")
		}
		b.WriteString("Disallow: /\n\n")
	}
	b.WriteString("User-agent: *\nDisallow: /desk/\nDisallow: /preview/\nAllow: /\n")
	if rd.baseURL != "" {
		b.WriteString("\nSitemap: " + rd.baseURL + sitemapPath + "\nSitemap: " + rd.baseURL + newsPath + "\n")
	}
	return textView(plainType, b.String()), nil
}

// textView is a page that is written already.
func textView(contentType, text string) *view {
	return &view{write: func() (string, []byte, error) { return contentType, []byte(text), nil }}
}

// isKeyPath reports whether the path may be that of a key for IndexNow.
func isKeyPath(p string) bool {
	name, ok := strings.CutSuffix(p, ".txt")
	return ok && len(name) > 8 && name[0] == '/' && strings.Trim(name[1:], "0123456789abcdef") == ""
}

// loadKeyFile shows search engines that whoever tells them of changed addresses is us.
func loadKeyFile(rd *reading, at address) (*view, error) {
	if at.path != rd.pub.IndexNowPath() {
		return nil, errNoPage
	}
	return textView(plainType, rd.pub.IndexNowKey), nil
}

// securityMonths is how long what security.txt says is good for. RFC 9116 wants less than a
// year.
const securityMonths = 6

// loadSecurity says whom to tell of holes (RFC 9116).
func loadSecurity(rd *reading, _ address) (*view, error) {
	contact := rd.pub.SecurityAddress()
	if contact == "" {
		return nil, errNoPage
	}
	month := firstOfMonth(rd.now.UTC())
	rd.changesAt(month.AddDate(0, 1, 0))
	text := "Contact: " + contact + "\nExpires: " + month.AddDate(0, securityMonths, 0).Format(time.RFC3339) + "\nPreferred-Languages: " + rd.pub.Language + "\n"
	if rd.baseURL != "" {
		text += "Canonical: " + rd.baseURL + securityPath + "\n"
	}
	return textView(plainType, text), nil
}

// manifest is what browsers take of a site that is put on a home screen.
type manifest struct {
	Name        string         `json:"name"`
	ShortName   string         `json:"short_name"`
	Description string         `json:"description,omitempty"`
	Language    string         `json:"lang"`
	ID          string         `json:"id"`
	Start       string         `json:"start_url"`
	Display     string         `json:"display"`
	Background  string         `json:"background_color"`
	Theme       string         `json:"theme_color"`
	Icons       []manifestIcon `json:"icons"`
}

type manifestIcon struct {
	Address string `json:"src"`
	Sizes   string `json:"sizes"`
	Type    string `json:"type"`
	Purpose string `json:"purpose,omitempty"`
}

// maxShortName is how many characters home screens show of a name.
const maxShortName = 12

func loadManifest(rd *reading, _ address) (*view, error) {
	icon, err := rd.ui.Assets.Path("icons/favicon.svg")
	if err != nil {
		return nil, err
	}
	m := manifest{
		Name: rd.pub.Name, ShortName: shorten(rd.pub.Name, maxShortName), Description: rd.pub.Description, Language: rd.pub.Language,
		ID: "/", Start: "/", Display: "minimal-ui", Background: "#fcfbf8", Theme: "#fcfbf8",
		Icons: []manifestIcon{{icon, "any", "image/svg+xml", ""}, {"/icon-192.png", "192x192", "image/png", ""}, {"/icon-512.png", "512x512", "image/png", "any maskable"}},
	}
	body, err := json.Marshal(m)
	return textView("application/manifest+json", string(body)), err
}
