package feed

import (
	"encoding/xml"
	"strings"
	"time"

	"standfirst"
)

// SitemapType is the media type of sitemaps and of their index.
const SitemapType = "application/xml; charset=utf-8"

// What search engines take of one sitemap.
const (
	MaxSitemap     = 50_000
	MaxNewsSitemap = 1000
	// NewsAge is how old stories may be in a sitemap of news.
	NewsAge = 48 * time.Hour
)

const (
	sitemapNamespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
	newsNamespace    = "http://www.google.com/schemas/sitemap-news/0.9"
)

// Place is a page that search engines are told of.
type Place struct {
	Address  string
	Modified time.Time // zero where it is not known
	News     *NewsItem // nil but in a sitemap of news
}

// NewsItem is what a sitemap of news tells of a story.
type NewsItem struct {
	Title     string
	Published time.Time
	Tickers   []standfirst.Ticker // of the companies that it is about
}

type sitemapIndex struct {
	XMLName   xml.Name       `xml:"sitemapindex"`
	Namespace string         `xml:"xmlns,attr"`
	Sitemaps  []sitemapEntry `xml:"sitemap"`
}

type sitemap struct {
	XMLName   xml.Name       `xml:"urlset"`
	Namespace string         `xml:"xmlns,attr"`
	News      string         `xml:"xmlns:news,attr,omitempty"`
	Entries   []sitemapEntry `xml:"url"`
}

type sitemapEntry struct {
	Address  string       `xml:"loc"`
	Modified string       `xml:"lastmod,omitempty"`
	News     *sitemapNews `xml:"news:news"`
}

type sitemapNews struct {
	Name      string `xml:"news:publication>news:name"`
	Language  string `xml:"news:publication>news:language"`
	Published string `xml:"news:publication_date"`
	Title     string `xml:"news:title"`
	Tickers   string `xml:"news:stock_tickers,omitempty"`
}

// SitemapIndex returns the index of the sitemaps.
func SitemapIndex(sitemaps []Place) ([]byte, error) {
	return marshal(sitemapIndex{Namespace: sitemapNamespace, Sitemaps: sitemapEntries(sitemaps)})
}

// Sitemap returns the pages as a sitemap.
func Sitemap(pages []Place) ([]byte, error) {
	return marshal(sitemap{Namespace: sitemapNamespace, Entries: sitemapEntries(pages)})
}

// NewsSitemap returns the stories as a sitemap of news of the publication.
func NewsSitemap(name, language string, stories []Place) ([]byte, error) {
	out := sitemap{Namespace: sitemapNamespace, News: newsNamespace, Entries: sitemapEntries(stories)}
	for i, story := range stories {
		out.Entries[i].News = &sitemapNews{
			Name: name, Language: newsLanguage(language), Published: atomTime(story.News.Published), Title: story.News.Title,
			Tickers: newsTickers(story.News.Tickers),
		}
	}
	return marshal(out)
}

func sitemapEntries(places []Place) []sitemapEntry {
	entries := make([]sitemapEntry, len(places))
	for i, p := range places {
		entries[i].Address = p.Address
		if !p.Modified.IsZero() {
			entries[i].Modified = atomTime(p.Modified)
		}
	}
	return entries
}

// newsLanguage returns the language as ISO 639 has it; only of Chinese the script counts.
func newsLanguage(tag string) string {
	switch tag = strings.ToLower(tag); tag {
	case "zh-cn", "zh-tw":
		return tag
	}
	language, _, _ := strings.Cut(tag, "-")
	return language
}

// maxNewsTickers is how many tickers search engines take of a story.
const maxNewsTickers = 5

// newsTickers returns the tickers as search engines read them, without those of which the
// exchange or the symbol is no single word.
func newsTickers(tickers []standfirst.Ticker) string {
	var shown []string
	for _, t := range tickers {
		if text := t.Exchange.Codes[0] + ":" + t.Symbol; len(shown) < maxNewsTickers && !strings.ContainsAny(text, " .-/") {
			shown = append(shown, text)
		}
	}
	return strings.Join(shown, ", ")
}
