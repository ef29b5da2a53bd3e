package site

import (
	"net/http"
	"path"
	"strings"

	"standfirst"
	"standfirst/internal/web"
	"standfirst/ui"
)

// kind is one kind of page: one pattern of addresses.
type kind struct {
	// Exactly one of load and serve is set. load gathers a page that is kept in the
	// page cache; serve answers by itself.
	load  func(*reading, address) (*view, error)
	serve func(*Site, http.ResponseWriter, *http.Request) error

	posts    bool // takes forms
	keyed    bool // has addresses that only one person knows
	paged    bool // takes ?before=
	filtered bool // takes the parameters of the list of deals, and ?after=
	measured *web.Route

	// asks are the parameters of a page of versions, which ask reads into the address.
	asks []string
	ask  func(address, map[string]string) (address, error)
}

// kinds are all kinds of pages.
type kinds struct {
	front, section, topic, author, day, story, archive, page kind
	history, version, compare                                kind
	comments, reply, comment, live, voice                    kind // the talk under a story
	signIn, signOut, reader, unsubscribe                     kind // those who talk
	corrections, deals, deal, claim                          kind
	calendar, month                                          kind // what is to come
	company, organisation, place, person                     kind
	about                                                    kind // of the record
	record, evidence                                         kind // for programs that verify

	frontFeed, sectionFeed, topicFeed, authorFeed, dealFeed kind // what is listed, for programs that follow it
	companyFeed, organisationFeed, placeFeed, personFeed    kind
	correctionsFeed, commentsFeed                           kind

	calendarFile, dealCalendar, companyCalendar         kind // what is to come, for programs that follow it
	organisationCalendar, placeCalendar, personCalendar kind
	preview                                             kind // of what is not out
	search, suggest, openSearch                         kind
	sitemap, monthSitemap, pagesSitemap, newsSitemap    kind // for search engines
	ledger, dealFigures, embed                          kind // figures for programs, and what other sites show
	ninjs                                               kind // stories for other newsrooms
	robots, security, manifest, keyFile                 kind // for programs that look around
	asset, media, icon, unknown                         kind
}

func newKinds(m *web.Metrics) kinds {
	return kinds{
		front:    kind{load: loadFront, measured: m.Route("/")},
		section:  kind{load: loadSection, paged: true, measured: m.Route("/section/{slug}")},
		topic:    kind{load: loadTopic, paged: true, measured: m.Route("/topic/{slug}")},
		author:   kind{load: loadAuthor, paged: true, measured: m.Route("/author/{slug}")},
		day:      kind{load: loadDay, paged: true, measured: m.Route("/{yyyy}/{mm}/{dd}/")},
		story:    kind{load: loadStory, measured: m.Route("/{yyyy}/{mm}/{dd}/{slug}")},
		history:  kind{load: loadHistory, measured: m.Route("/{yyyy}/{mm}/{dd}/{slug}/history"), asks: []string{"before"}, ask: askHistory},
		version:  kind{load: loadVersion, measured: m.Route("/{yyyy}/{mm}/{dd}/{slug}/version/{n}")},
		compare:  kind{load: loadComparison, measured: m.Route("/{yyyy}/{mm}/{dd}/{slug}/compare"), asks: []string{"from", "to", "view"}, ask: askComparison},
		comments: kind{load: loadComments, measured: m.Route("/{yyyy}/{mm}/{dd}/{slug}/comments"), asks: []string{"order", "after", "from"}, ask: askComments},
		reply:    kind{serve: (*Site).serveReply, posts: true, measured: m.Route("/{yyyy}/{mm}/{dd}/{slug}/reply")},
		comment:  kind{serve: (*Site).serveComment, posts: true, keyed: true, measured: m.Route("/comment/{n}")},
		live:     kind{serve: (*Site).serveLive, measured: m.Route("/{yyyy}/{mm}/{dd}/{slug}/live")},
		voice:    kind{serve: (*Site).serveVoice, posts: true, keyed: true, measured: m.Route("/voice/{n}")},
		signIn:   kind{serve: (*Site).serveSignIn, posts: true, keyed: true, measured: m.Route("/sign-in")},
		signOut:  kind{serve: (*Site).serveSignOut, posts: true, measured: m.Route("/sign-out")},
		reader:   kind{serve: (*Site).serveReader, posts: true, measured: m.Route("/reader")},
		archive:  kind{load: loadArchive, paged: true, measured: m.Route("/archive")},
		deals:    kind{load: loadDeals, filtered: true, measured: m.Route("/deals")},
		deal:     kind{load: loadDeal, paged: true, measured: m.Route("/deal/{slug}")},
		claim:    kind{load: loadClaim, paged: true, measured: m.Route("/claim/{n}")},

		company:      kind{load: loadEntity(standfirst.Company), paged: true, measured: m.Route("/company/{slug}")},
		organisation: kind{load: loadEntity(standfirst.Organisation), paged: true, measured: m.Route("/organisation/{slug}")},
		place:        kind{load: loadEntity(standfirst.Place), paged: true, measured: m.Route("/place/{slug}")},
		person:       kind{load: loadEntity(standfirst.Person), paged: true, measured: m.Route("/person/{slug}")},

		unsubscribe: kind{serve: (*Site).serveUnsubscribe, posts: true, keyed: true, measured: m.Route("/unsubscribe/{n}")},

		corrections: kind{load: loadCorrections, paged: true, measured: m.Route("/corrections")},

		about:    kind{load: loadRecord, measured: m.Route("/record")},
		record:   kind{serve: (*Site).serveRecord, measured: m.Route("/record/{…}")},
		evidence: kind{serve: (*Site).serveVersion, measured: m.Route("{story}/version/{n}.{json,tlog-proof}")},

		frontFeed:        kind{load: loadFeed(frontFeed), measured: m.Route("/feed.{…}")},
		sectionFeed:      kind{load: loadFeed(sectionFeed), measured: m.Route("/section/{slug}/feed.{…}")},
		topicFeed:        kind{load: loadFeed(topicFeed), measured: m.Route("/topic/{slug}/feed.{…}")},
		authorFeed:       kind{load: loadFeed(authorFeed), measured: m.Route("/author/{slug}/feed.{…}")},
		dealFeed:         kind{load: loadFeed(dealFeed), measured: m.Route("/deal/{slug}/feed.{…}")},
		companyFeed:      kind{load: loadFeed(entityFeed(standfirst.Company)), measured: m.Route("/company/{slug}/feed.{…}")},
		organisationFeed: kind{load: loadFeed(entityFeed(standfirst.Organisation)), measured: m.Route("/organisation/{slug}/feed.{…}")},
		placeFeed:        kind{load: loadFeed(entityFeed(standfirst.Place)), measured: m.Route("/place/{slug}/feed.{…}")},
		personFeed:       kind{load: loadFeed(entityFeed(standfirst.Person)), measured: m.Route("/person/{slug}/feed.{…}")},
		correctionsFeed:  kind{load: loadFeed(correctionsFeed), measured: m.Route("/corrections/feed.{…}")},
		commentsFeed:     kind{load: loadFeed(commentsFeed), measured: m.Route("/{yyyy}/{mm}/{dd}/{slug}/comments/feed.{…}")},

		calendar: kind{load: loadCalendar, measured: m.Route("/calendar"), asks: []string{"after"}, ask: askCalendar},
		month:    kind{load: loadMonth, measured: m.Route("/calendar/{yyyy-mm}"), asks: []string{"after"}, ask: askCalendar},

		calendarFile:         kind{load: loadCalendarFile, measured: m.Route("/calendar.ics")},
		dealCalendar:         kind{load: loadDealCalendar, measured: m.Route("/deal/{slug}/calendar.ics")},
		companyCalendar:      kind{load: loadEntityCalendar(standfirst.Company), measured: m.Route("/company/{slug}/calendar.ics")},
		organisationCalendar: kind{load: loadEntityCalendar(standfirst.Organisation), measured: m.Route("/organisation/{slug}/calendar.ics")},
		placeCalendar:        kind{load: loadEntityCalendar(standfirst.Place), measured: m.Route("/place/{slug}/calendar.ics")},
		personCalendar:       kind{load: loadEntityCalendar(standfirst.Person), measured: m.Route("/person/{slug}/calendar.ics")},

		search:       kind{serve: (*Site).serveSearch, measured: m.Route("/search")},
		suggest:      kind{serve: (*Site).serveSuggestions, measured: m.Route("/search/suggest")},
		openSearch:   kind{load: loadOpenSearch, measured: m.Route("/opensearch.xml")},
		sitemap:      kind{load: loadSitemap, measured: m.Route(sitemapPath)},
		monthSitemap: kind{load: loadMonthSitemap, measured: m.Route("/sitemap/{yyyy-mm}.xml")},
		pagesSitemap: kind{load: loadPagesSitemap, measured: m.Route(pagesSitemap)},
		newsSitemap:  kind{load: loadNewsSitemap, measured: m.Route(newsPath)},

		preview: kind{serve: (*Site).servePreview, keyed: true, measured: m.Route("/preview/{token}")},

		page:  kind{load: loadStanding, measured: m.Route("/{page}")},
		asset: kind{serve: (*Site).serveAsset, measured: m.Route("/assets/{name}")},
		media: kind{serve: (*Site).serveMedia, measured: m.Route("/media/{name}")},
		icon:  kind{load: loadIcon, measured: m.Route("/{icon}")},

		ledger:      kind{load: loadLedger, measured: m.Route("/ledger.{…}"), asks: []string{"after"}, ask: askLedger},
		dealFigures: kind{load: loadDealFigures, measured: m.Route("/deal/{slug}.{…}")},

		ninjs: kind{load: loadNinjs, measured: m.Route("/{yyyy}/{mm}/{dd}/{slug}.ninjs.json")},
		embed: kind{load: loadEmbed, measured: m.Route(embedPath), asks: []string{"url", "format"}, ask: askEmbed},

		robots:   kind{load: loadRobots, measured: m.Route(robotsPath)},
		keyFile:  kind{load: loadKeyFile, measured: m.Route("/{key}.txt")},
		security: kind{load: loadSecurity, measured: m.Route(securityPath)},
		manifest: kind{load: loadManifest, measured: m.Route(manifestPath)},

		unknown: kind{load: loadNothing, measured: m.Route("other")},
	}
}

// address is a path, resolved. It is 128 bytes long, which is the most that a closure
// holds without garbage.
type address struct {
	kind     *kind
	redirect *moved // to the canonical spelling, if the path is not in it

	// key is the canonical address: under it the page is kept. It holds the path
	// and what of the query chooses another page.
	key  string
	path string

	slug   standfirst.Slug
	date   standfirst.Day
	before standfirst.Position // zero for the newest; of a list of deals, only the number of the last one counts

	// versions is set for pages about the versions of a story and about its talk. It is
	// apart, so that the address of any other page makes no garbage.
	versions *versionsAddress
}

// versionsAddress is what the address of a page below that of a story says.
type versionsAddress struct {
	below    string // what stands behind the address of the story: "/history"
	number   int    // of the version; of a history, the newest that it lists, or zero
	from, to int    // the versions that are compared; zero where the address names none
	side     bool   // compared side by side

	order standfirst.CommentOrder    // of the talk
	after standfirst.CommentPosition // what the page of the talk begins after; zero for the first
	top   standfirst.CommentID       // which it begins with; zero where the address names none
}

// split returns the address of the story and what stands behind it, with the query, of a
// page about its versions or its talk; of a feed, the same of what it is a feed of. Of any
// other page it returns the path alone.
func (at address) split() (above, below string) {
	if end := strings.LastIndexByte(at.path, '/'); at.versions == nil && end > 0 && (isFeedPath(at.path) || strings.HasSuffix(at.path, calendarBelow)) {
		return at.path[:end], at.key[end:]
	}
	if at.versions == nil {
		return at.path, ""
	}
	return strings.TrimSuffix(at.path, at.versions.below), at.versions.below + strings.TrimPrefix(at.key, at.path)
}

// mediaPrefix is the address below which pictures are served.
const mediaPrefix = "/media/"

// dayLength is that of "/2006/01/02/".
const dayLength = len("/2006/01/02/")

// resolve finds out which page a path means. It makes no garbage for the paths of
// pages; a ServeMux with wildcards would, on every request.
func (k *kinds) resolve(p string) address {
	at := address{kind: &k.unknown, key: p, path: p}
	switch {
	case p == "/":
		at.kind = &k.front
	case isFeedPath(p):
		k.ofFeed(&at)
	case p == sitemapPath, p == newsPath, strings.HasPrefix(p, sitemapPrefix):
		k.ofSitemap(&at)
	case p == "/record":
		at.kind = &k.about
	case strings.HasPrefix(p, recordPrefix):
		at.kind = &k.record
	case isVersionPath(p):
		at.kind = &k.evidence
	case len(p) > dayLength && isDayPath(p):
		if !k.ofStory(&at) && !k.ofNinjs(&at) {
			return k.respell(at)
		}
	case len(p) == dayLength && isDayPath(p):
		day, err := standfirst.ParseDay(strings.ReplaceAll(p[1:dayLength-1], "/", "-"))
		if err == nil {
			at.kind, at.date = &k.day, day
		}
	case k.below(&at, &k.section, "/section/"), k.below(&at, &k.topic, "/topic/"), k.below(&at, &k.author, "/author/"):
	case strings.HasPrefix(p, ui.AssetPrefix):
		at.kind = &k.asset
	case strings.HasPrefix(p, mediaPrefix):
		at.kind = &k.media
	case strings.HasPrefix(p, commentPrefix):
		at.kind = &k.comment
	case strings.HasPrefix(p, voicePrefix):
		at.kind = &k.voice
	case p == signInPath, strings.HasPrefix(p, signInPath+"/"):
		at.kind = &k.signIn
	case p == "/sign-out":
		at.kind = &k.signOut
	case p == readerPath, p == readerPath+"/export":
		at.kind = &k.reader
	case strings.HasPrefix(p, unsubscribePrefix):
		at.kind = &k.unsubscribe
	case strings.HasPrefix(p, previewPrefix):
		at.kind = &k.preview
	case p == searchPath:
		at.kind = &k.search
	case p == suggestPath:
		at.kind = &k.suggest
	case p == openSearchPath:
		at.kind = &k.openSearch
	case p == "/archive":
		at.kind = &k.archive
	case p == "/deals":
		at.kind = &k.deals
	case k.below(&at, &k.deal, "/deal/"), k.below(&at, &k.claim, "/claim/"), k.below(&at, &k.company, "/company/"),
		k.below(&at, &k.organisation, "/organisation/"), k.below(&at, &k.place, "/place/"), k.below(&at, &k.person, "/person/"):
	case k.ofCalendar(&at):
	case p == "/corrections":
		at.kind = &k.corrections
	case k.below(&at, &k.corrections, "/corrections/"):
	case p == embedPath:
		at.kind = &k.embed
	case k.ofFigures(&at):
	case p == robotsPath:
		at.kind = &k.robots
	case isKeyPath(p):
		at.kind = &k.keyFile
	case p == securityPath:
		at.kind = &k.security
	case p == manifestPath:
		at.kind = &k.manifest
	case icons[p] != 0:
		at.kind = &k.icon
	case k.below(&at, &k.page, "/"):
	default:
		return k.respell(at)
	}
	return at
}

// ofStory reports whether the path is that of a story or of a page about its versions,
// and resolves it so.
func (k *kinds) ofStory(at *address) bool {
	slug, _, _ := strings.Cut(at.path[dayLength:], "/")
	story := at.path[:dayLength+len(slug)]
	day, found, ok := standfirst.ParseStoryPath(story)
	if !ok {
		return false
	}
	at.date, at.slug = day, found
	below := at.path[len(story):]
	if below == "" {
		at.kind = &k.story
		return true
	}
	number, isVersion := strings.CutPrefix(below, "/version/")
	n := versionNumber(number)
	switch {
	case below == "/history":
		at.kind = &k.history
	case below == "/compare":
		at.kind = &k.compare
	case below == talkBelow:
		at.kind = &k.comments
	case below == replyBelow:
		at.kind = &k.reply
	case below == liveBelow:
		at.kind = &k.live
	case isVersion && n > 0:
		at.kind = &k.version
	default:
		return false
	}
	at.versions = &versionsAddress{below: below, number: n, order: standfirst.OldestFirst}
	return true
}

// below reports whether the path is the prefix and a slug, and resolves it so.
func (k *kinds) below(at *address, kind *kind, prefix string) bool {
	rest, ok := strings.CutPrefix(at.path, prefix)
	if !ok || standfirst.Slug(rest).Validate() != nil {
		return false
	}
	at.kind, at.slug = kind, standfirst.Slug(rest)
	return true
}

// respell looks whether the path, without doubled or trailing slashes, is that of
// a page, and redirects there. The list of a day is the one address that ends
// with a slash.
func (k *kinds) respell(at address) address {
	clean := path.Clean(at.path)
	if len(clean) == dayLength-1 && isDayPath(clean+"/") {
		clean += "/"
	}
	if clean == at.path || !strings.HasPrefix(clean, "/") {
		return at
	}
	if k.resolve(clean).kind != &k.unknown {
		at.redirect = &moved{clean}
	}
	return at
}

// isDayPath reports whether the path begins like that of a day: digits and slashes
// in their places. Whether there is such a day is not looked at.
func isDayPath(p string) bool {
	if len(p) < dayLength {
		return false
	}
	for i := range dayLength {
		slash := i == 0 || i == 5 || i == 8 || i == dayLength-1
		if slash != (p[i] == '/') || !slash && (p[i] < '0' || p[i] > '9') {
			return false
		}
	}
	return true
}
