package site

import (
	"encoding/xml"
	"strings"
)

// openSearchDescription is a description of a search, see OpenSearch 1.1.
type openSearchDescription struct {
	XMLName       xml.Name `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
	ShortName     string   // at most 16 characters
	LongName      string   // at most 48
	Description   string   // at most 1024
	Image         openSearchImage
	URL           []openSearchURL `xml:"Url"`
	Language      string
	InputEncoding string
}

type openSearchImage struct {
	Type    string `xml:"type,attr"`
	Address string `xml:",chardata"`
}

type openSearchURL struct {
	Type     string `xml:"type,attr"`
	Method   string `xml:"method,attr"`
	Template string `xml:"template,attr"`
}

// openSearch returns the description of the search of the publication at the address.
func openSearch(name, about, language, base, icon string) ([]byte, error) {
	body, err := xml.MarshalIndent(openSearchDescription{
		ShortName: shorten(name, 16), LongName: shorten(name, 48), Description: about,
		Image: openSearchImage{"image/svg+xml", base + icon}, Language: language, InputEncoding: "UTF-8",
		URL: []openSearchURL{{"text/html", "get", base + searchPath + "?q={searchTerms}"}},
	}, "", "  ")
	return []byte(strings.TrimSpace(xml.Header) + "\n" + string(body) + "\n"), err
}
