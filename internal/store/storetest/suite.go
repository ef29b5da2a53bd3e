package storetest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

// Run tests that stores do what package store promises. Every engine passes it. The
// function open returns an empty store that is closed when the test ends.
func Run(t *testing.T, open func(t *testing.T) *store.Store) {
	for name, test := range map[string]func(*testing.T, *store.Store){
		"Publication":       testPublication,
		"Sections":          testSections,
		"Topics":            testTopics,
		"FormerNames":       testFormerNames,
		"Authors":           testAuthors,
		"Story":             testStory,
		"StoryAddresses":    testStoryAddresses,
		"StoryLists":        testStoryLists,
		"StoryCounts":       testStoryCounts,
		"NotFigures":        testNotFigures,
		"WorkingCopy":       testWorkingCopy,
		"Revisions":         testRevisions,
		"Listing":           testListing,
		"ListingPages":      testListingPages,
		"ListingPicture":    testListingPicture,
		"ListedBetween":     testListedBetween,
		"OldAddresses":      testOldAddresses,
		"Pins":              testPins,
		"Menus":             testMenus,
		"EmbedHosts":        testEmbedHosts,
		"Schedules":         testSchedules,
		"Pictures":          testPictures,
		"PictureLists":      testPictureLists,
		"PictureUses":       testPictureUses,
		"Filings":           testFilings,
		"Entities":          testEntities,
		"EntityNames":       testEntityNames,
		"EntityLists":       testEntityLists,
		"ChangeEntity":      testChangeEntity,
		"MergeEntities":     testMergeEntities,
		"Deals":             testDeals,
		"ChangeDeal":        testChangeDeal,
		"DealLists":         testDealLists,
		"Claims":            testClaims,
		"Versions":          testVersions,
		"VersionsOf":        testVersionsOf,
		"ShownVersions":     testShownVersions,
		"Held":              testHeld,
		"Events":            testEvents,
		"EventsShown":       testEventsShown,
		"NotEvents":         testNotEvents,
		"LedgerLists":       testLedgerLists,
		"Release":           testRelease,
		"LateAttributions":  testLateAttributions,
		"Ends":              testEnds,
		"Expiry":            testExpiry,
		"Waiting":           testWaiting,
		"Unchecked":         testUnchecked,
		"EraseVersion":      testEraseVersion,
		"Responses":         testResponses,
		"Citations":         testCitations,
		"Citing":            testCiting,
		"Notices":           testNotices,
		"Pending":           testPending,
		"Voices":            testVoices,
		"Review":            testReview,
		"Notes":             testNotes,
		"Embargoes":         testEmbargoes,
		"EditLocks":         testEditLocks,
		"Previews":          testPreviews,
		"SourceApprovals":   testSourceApprovals,
		"SomeStaff":         testSomeStaff,
		"Needs":             testNeeds,
		"Jobs":              testJobs,
		"JobsByKind":        testJobsByKind,
		"JobKeys":           testJobKeys,
		"JobLeases":         testJobLeases,
		"JobsAskedForAgain": testJobsAskedForAgain,
		"JobsUnlessWaiting": testJobsUnlessWaiting,
		"Audit":             testAudit,
		"Staff":             testStaff,
		"Factors":           testFactors,
		"Sessions":          testSessions,
		"Tokens":            testTokens,
		"KeptAnswers":       testKeptAnswers,
		"Identities":        testIdentities,
		"SignInLinks":       testSignInLinks,
		"EverySession":      testEverySession,
		"Attempts":          testAttempts,
		"Comments":          testComments,
		"Thread":            testThread,
		"CommentQueue":      testQueue,
		"CommentDecisions":  testDecisions,
		"CommentReports":    testReports,
		"Bans":              testBans,
		"Commenters":        testCommenters,
		"Discussions":       testDiscussions,
		"Sighting":          testSighting,
		"RecordEntries":     testRecordEntries,
		"RecordSigning":     testRecordSigning,
		"RecordLease":       testRecordLease,
		"Unrecorded":        testUnrecorded,
		"Search":            testSearch,
		"SearchRollback":    testSearchRollback,
		"SearchKeys":        testSearchKeys,
		"SearchComments":    testSearchComments,
		"SearchNames":       testSearchNames,
		"SearchState":       testSearchState,
		"Webhooks":          testWebhooks,
		"IndexNow":          testIndexNow,
		"HeldAndRecorded":   testHeldAndRecorded,
		"BeforeCommit":      testBeforeCommit,
		"Gather":            testGather,
		"Touch":             testTouch,
		"Rollback":          testRollback,
		"SwallowedFailure":  testSwallowedFailure,
		"Panic":             testPanic,
		"Exit":              testExit,
		"Cancelled":         testCancelled,
		"AfterTheEnd":       testAfterTheEnd,
		"ReadYourWrites":    testReadYourWrites,
		"ConcurrentSaves":   testConcurrentSaves,
		"ConcurrentInserts": testConcurrentInserts,
		"ViewIsOneSnapshot": testViewIsOneSnapshot,
		"Check":             testCheck,
		"Closed":            testClosed,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

// noon is an instant of the tests, to the microsecond that is stored.
var noon = time.Date(2026, 3, 5, 12, 0, 0, 123456000, time.UTC)

// today is the day of noon.
var today = standfirst.DayOf(noon, time.UTC)

// update runs an Update that must succeed.
func update(t testing.TB, s *store.Store, fn func(*store.Tx) error) {
	t.Helper()
	if err := s.Update(context.Background(), fn); err != nil {
		t.Fatal(err)
	}
}

// view runs a View that must succeed.
func view(t testing.TB, s *store.Store, fn func(*store.ReadTx) error) {
	t.Helper()
	if err := s.View(context.Background(), fn); err != nil {
		t.Fatal(err)
	}
}

// read returns what one query answers; it must succeed.
func read[T any](t testing.TB, s *store.Store, query func(*store.ReadTx) (T, error)) (value T) {
	t.Helper()
	view(t, s, func(tx *store.ReadTx) (err error) {
		value, err = query(tx)
		return err
	})
	return value
}

// wantKind fails the test unless the error is of the kind.
func wantKind(t testing.TB, err error, kind standfirst.ErrorKind) {
	t.Helper()
	if err == nil {
		t.Errorf("no error, want one of the kind %q", kind)
	} else if got := standfirst.KindOf(err); got != kind {
		t.Errorf("the error %v is of the kind %q, want %q", err, got, kind)
	}
}

// sample returns the content of a story about an invented company, with every
// field filled.
func sample(headline string) standfirst.Content {
	body := "Northwind Ferries agreed to sell up to $40 million of shares.\n\n“It is enough,” said Ada Quill, its treasurer.\n"
	start := strings.Index(body, "“")
	end := strings.Index(body, ", its")
	return standfirst.Content{
		Headline: headline, Standfirst: "The ferry operator fills its till.", Dateline: "ANTWERP, 5 March", Disclosure: "Northwind advertises here.", Body: body,
		Bylines: []standfirst.Byline{{Name: "Mara Oduya", Role: "Shipping Correspondent", Slug: "mara-oduya", Disclosure: "She holds Northwind shares."}, {Name: "Jonas Élan"}},
		Section: "Companies", Topics: []string{"Ferries", "Rights issues"},
		Social: standfirst.Social{Title: "Northwind sells shares", Picture: 3, Alt: "A ferry."}, Inset: []standfirst.PictureID{4},
		Quotations: []standfirst.Quotation{{
			Start: start, End: end, Text: "It is enough,",
			Speaker: standfirst.Speaker{Name: "Ada Quill", Role: "treasurer", Affiliation: "Northwind Ferries"},
			Parts:   []standfirst.Range{{Start: start, End: start + len("“It is enough,”")}},
			NameAt:  standfirst.Range{Start: strings.Index(body, "Ada"), End: end},
		}},
	}
}

// draft stores a draft of the headline and returns it.
func draft(t testing.TB, s *store.Store, headline string) standfirst.Story {
	t.Helper()
	story := standfirst.Story{
		Kind: standfirst.KindStory, State: standfirst.Draft, Slug: standfirst.Slugify(headline), CreatedAt: noon, CreatedBy: "staff:7",
	}
	update(t, s, func(tx *store.Tx) (err error) {
		story.ID, err = tx.InsertStory(story, sample(headline))
		return err
	})
	return read(t, s, func(tx *store.ReadTx) (standfirst.Story, error) { return tx.Story(story.ID) })
}

// published stores a story that readers see since the time, in the lists of the
// section, topics and authors, and returns it.
func published(t testing.TB, s *store.Store, headline string, at time.Time, l store.Listing) standfirst.Story {
	t.Helper()
	story := draft(t, s, headline)
	story.State, story.Day, story.FirstPublished, story.Updated = standfirst.Published, standfirst.DayOf(at, time.UTC), at, at
	l.Story = story
	if l.Content.Headline == "" {
		l.Content = sample(headline)
	}
	update(t, s, func(tx *store.Tx) error {
		return errors.Join(tx.UpdateStory(story), tx.SetListing(l))
	})
	return story
}

// headlines returns the headlines of the cards.
func headlines(cards []standfirst.Card) string {
	var all []string
	for _, c := range cards {
		all = append(all, c.Headline)
	}
	return strings.Join(all, ", ")
}

// entry returns an audit entry that is told from others by its number.
func entry(n int) standfirst.AuditEntry {
	return standfirst.AuditEntry{At: noon, Actor: standfirst.System(), Action: "test", Object: fmt.Sprintf("story:%d", n)}
}

// stored reports whether the entry of the number is there.
func stored(t testing.TB, s *store.Store, n int) bool {
	t.Helper()
	entries := read(t, s, func(tx *store.ReadTx) ([]standfirst.AuditEntry, error) { return tx.Audits(entry(n).Object, 1) })
	return len(entries) > 0
}
