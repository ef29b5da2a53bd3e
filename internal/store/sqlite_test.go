package store

import (
	"database/sql"
	"log/slog"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// openTestSQLite opens an engine on a new file.
func openTestSQLite(t *testing.T) *sqliteEngine {
	t.Helper()
	path := filepath.Join(t.TempDir(), "standfirst.db")
	e, err := openSQLite(t.Context(), path, newTestCatalogue(t, SQLite), time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

func TestSQLitePreparesEveryStatement(t *testing.T) {
	e := openTestSQLite(t)
	for name, s := range e.queries {
		p, err := e.writing.PrepareContext(t.Context(), s.text)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		p.Close()
	}
}

// Lists cost the same however long they are: they walk an index in its order and
// sort nothing.
func TestSQLiteListsWalkAnIndex(t *testing.T) {
	e := openTestSQLite(t)
	for _, name := range []string{
		"Latest", "ListedBetween", "CardStories", "MonthChanged", "SectionCards", "TopicCards", "AuthorCards", "DayCards", "Stories", "StoriesByState", "StoriesByKind",
		"StoriesByKindAndState", "Revisions", "Schedules", "DueSchedules", "NextJob", "NextJobBut", "Audits", "TouchedSince", "StoryTopics", "StoryAuthors",
		"OldAddress", "StoryAt", "PageAt", "LastTouched", "TouchedNumbers", "RetargetOldAddresses",
		"EntityAt", "EntityByTicker", "Entities", "EntitiesWithPage", "DealAt", "DealsOfEntity", "NewestDeals", "DealListings", "DealListingsOfKind",
		"DealListingsAtStage", "DealListingsOfKindAtStage", "DealListingsBySize", "DealListingsOfKindBySize",
		"DealListingsAtStageBySize", "DealListingsOfKindAtStageBySize", "ClaimByKey", "ClaimsOf", "Versions", "VersionsOf", "VersionsToExpire",
		"UncheckedVersions", "ReleasedVersions", "Citations", "CitingStories", "CitingStoriesOf", "Notices", "NoticesOfClass",
		"NoticesOfClaim", "NoticesOf", "Pendings",
		"CommentsByState", "CommentsByReader", "OriginsOf", "QueuedComments", "QueuedIDs", "ThreadOldestFirst", "ThreadRest", "ThreadNewestFirst",
		"ChangedComments", "LastChangedComments", "CommentBefore", "CommentByFingerprint", "AwaitedAnswers", "ForgetOrigins", "ForgetGuests",
		"Decisions", "DecisionsOfBatch", "LastDecisions", "ReportsOf", "AnsweredReports", "DueReports", "Tokens", "AllTokens", "Deliveries", "NextDelivery", "WaitingSubjects", "PruneDeliveries", "FailingJobs", "DueIDs", "ReportedIDs", "Bans",
		"Voices", "VoicesOfComment", "VoicesOfStory", "PickedComments", "StoriesBySection", "StoriesByWriter", "NotFigures",
		"SeveralClaims", "ComparedClaims", "UnreleasedVersions", "Expiring", "ClaimsOfParty",
		"Notes", "Previews", "Pictures", "NewestPictures", "PicturesBy", "PictureUses", "DeletePictureUses", "NeedsReview", "NeedsAnyReview", "NeedsChanges", "NeedsNote", "NeedsPending", "NeedsEscalated",
		"SearchDoc", "SearchDocsOfStory", "LastSearchKey", "SearchNames", "SearchNamesOf", "SearchKeys", "StoriesToIndex",
		"EventsDue", "HiddenEvents", "LastEventBefore", "EventsOfEntity", "EventsOfDeal", "EventsOfStory", "HiddenEventsOfStory", "EventChanges", "NotEvents", "MoveEvents", "SetDueOfDay",
		"Pins", "NextPinEnd", "PinsOf", "Menu", "Topics", "Authors", "FormerSection", "FormerTopics", "StoryInSection", "DraftInSection", "MergedSlugs",
	} {
		plan := explain(t, e.reading, e.queries[name].text)
		if strings.Contains(plan, "TEMP B-TREE") || regexp.MustCompile(`(?m)SCAN \w+$|SCAN \w+ LEFT`).MatchString(plan) && name != "Stories" {
			t.Errorf("%s sorts or reads a whole table:\n%s", name, plan)
		}
	}
}

// explain returns SQLite's plan for the query, a step a line.
func explain(t *testing.T, db *sql.DB, text string) string {
	t.Helper()
	n := 0
	for _, match := range regexp.MustCompile(`\$\d`).FindAllString(text, -1) {
		n = max(n, int(match[1]-'0'))
	}
	args := make([]any, n)
	for i := range args {
		args[i] = 1
	}
	rows, err := db.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+text, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var steps []string
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			t.Fatal(err)
		}
		steps = append(steps, step)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return strings.Join(steps, "\n")
}
