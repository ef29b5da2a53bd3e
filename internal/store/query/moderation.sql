-- name: InsertDecision
INSERT INTO comment_decision (batch, comment_id, at, staff_id, actor, was, was_rule, was_reason, was_note, was_queued_at,
    became, reason, note)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
RETURNING id

-- name: Decisions
SELECT id, batch, comment_id, at, staff_id, actor, was, was_rule, was_reason, was_note, was_queued_at, became, reason, note,
    undone_at
FROM comment_decision
WHERE comment_id = $1
ORDER BY id DESC
LIMIT $2

-- name: DecisionsOfBatch
SELECT id, batch, comment_id, at, staff_id, actor, was, was_rule, was_reason, was_note, was_queued_at, became, reason, note,
    undone_at
FROM comment_decision
WHERE batch = $1
ORDER BY id

-- name: UndoDecision
UPDATE comment_decision SET undone_at = $1 WHERE id = $2 AND undone_at IS NULL

-- name: LastDecisions
SELECT id, batch, comment_id, at, staff_id, actor, was, was_rule, was_reason, was_note, was_queued_at, became, reason, note,
    undone_at
FROM comment_decision
WHERE id < $1
ORDER BY id DESC
LIMIT $2

-- name: EraseDecisions
UPDATE comment_decision SET note = '', was_note = '' WHERE comment_id = $1

-- name: InsertReport
INSERT INTO report (comment_id, kind, reason, text, name, email, address, evidence, created_at, due_at, resolved_by, outcome)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', '')
RETURNING id

-- name: ReportsOf
SELECT id, comment_id, kind, reason, text, name, email, address, evidence, created_at, due_at, resolved_at, resolved_by, outcome
FROM report
WHERE comment_id = $1
ORDER BY id DESC
LIMIT $2

-- name: AnsweredReports
SELECT id FROM report
WHERE comment_id = $1 AND resolved_at = $2 AND kind <> 'legal'
ORDER BY id

-- name: OpenReportsOf
SELECT id, comment_id, kind, reason, text, name, email, address, evidence, created_at, due_at, resolved_at, resolved_by, outcome
FROM report
WHERE comment_id IN numbers($1) AND resolved_at IS NULL
ORDER BY id

-- name: DueReports
SELECT id, comment_id, kind, reason, text, name, email, address, evidence, created_at, due_at, resolved_at, resolved_by, outcome
FROM report
WHERE resolved_at IS NULL AND due_at IS NOT NULL AND (due_at, id) > ($1, $2)
ORDER BY due_at, id
LIMIT $3

-- name: ReportedIDs
SELECT id FROM report
WHERE resolved_at IS NULL AND kind = $1
ORDER BY id
LIMIT $2

-- name: DueIDs
SELECT id FROM report
WHERE resolved_at IS NULL AND due_at IS NOT NULL
ORDER BY due_at, id
LIMIT $1

-- name: Report
SELECT id, comment_id, kind, reason, text, name, email, address, evidence, created_at, due_at, resolved_at, resolved_by, outcome
FROM report
WHERE id = $1

-- name: ResolveReport
UPDATE report SET resolved_at = $1, resolved_by = $2, outcome = $3 WHERE id = $4 AND resolved_at IS NULL

-- name: ReopenReports
UPDATE report SET resolved_at = NULL, resolved_by = '', outcome = '' WHERE comment_id = $1 AND resolved_at = $2 AND kind <> 'legal'

-- name: EraseReports
UPDATE report SET text = '', name = '', email = '', address = '', evidence = '' WHERE comment_id = $1 AND (kind <> 'legal' OR resolved_at IS NOT NULL)

-- name: InsertBan
INSERT INTO ban (kind, value, reason, created_at, created_by, expires_at)
VALUES ($1, $2, $3, $4, $5, $6)
RETURNING id

-- name: BanOn
SELECT id, kind, value, reason, created_at, created_by, expires_at
FROM ban
WHERE value IN texts($1) AND expires_at > $2
ORDER BY expires_at DESC
LIMIT 10

-- name: Sighting
SELECT
    COALESCE((SELECT id FROM comment WHERE fingerprint = $1 AND fingerprint <> '' AND created_at > $2 ORDER BY created_at DESC LIMIT 1), 0),
    (SELECT COUNT(id) FROM (SELECT id FROM comment WHERE words = $3 AND words <> '' AND created_at > $4 LIMIT $5) AS same),
    CASE WHEN EXISTS (SELECT 1 FROM staff WHERE name_key = $6) THEN 1 ELSE 0 END,
    CASE WHEN EXISTS (SELECT 1 FROM entity_alias WHERE name_key = $6) THEN 1 ELSE 0 END,
    CASE WHEN EXISTS (SELECT 1 FROM ban WHERE expires_at > $7) THEN 1 ELSE 0 END,
    COALESCE((SELECT spam FROM spam_feature WHERE feature = ''), 0),
    COALESCE((SELECT ham FROM spam_feature WHERE feature = ''), 0),
    r.id, r.email, r.name, r.created_at, r.seen_at, r.confirmed_at, r.approved, r.rejected,
    (SELECT COUNT(id) FROM (SELECT id, created_at FROM comment WHERE reader_id = r.id ORDER BY id DESC LIMIT $8) AS recent WHERE created_at > $9)
FROM (SELECT 1 AS row) AS one LEFT JOIN reader r ON r.email = $10

-- name: Bans
SELECT id, kind, value, reason, created_at, created_by, expires_at
FROM ban
WHERE expires_at > $1 AND id > $2
ORDER BY id
LIMIT $3

-- name: Ban
SELECT id, kind, value, reason, created_at, created_by, expires_at FROM ban WHERE id = $1

-- name: EndBan
UPDATE ban SET expires_at = $1 WHERE id = $2 AND expires_at > $1

-- name: Discussions
SELECT scope, settings FROM discussion WHERE scope IN texts($1)

-- name: PutDiscussion
INSERT INTO discussion (scope, settings) VALUES ($1, $2)
ON CONFLICT (scope) DO UPDATE SET settings = $2

-- name: SpamCounts
SELECT feature, spam, ham FROM spam_feature WHERE feature IN texts($1)

-- name: LearnFeature
INSERT INTO spam_feature (feature, spam, ham) VALUES ($1, $2, $3)
ON CONFLICT (feature) DO UPDATE SET spam = spam_feature.spam + $2, ham = spam_feature.ham + $3

-- name: Secret
SELECT value FROM secret WHERE name = $1

-- name: InsertSecret
INSERT INTO secret (name, value) VALUES ($1, $2)
ON CONFLICT (name) DO NOTHING
