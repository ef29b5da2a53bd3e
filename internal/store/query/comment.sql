-- name: Comment
SELECT c.id, c.story_id, c.parent_id, c.root_id, c.branch_id, c.level, CASE WHEN p.state = 'approved' THEN p.name END, c.reader_id, c.staff_id, c.name, c.text, c.html,
    c.state, c.rule, c.detail, c.reason, c.note, c.shown, c.replies, c.notify, c.score, c.address, c.agent, c.fingerprint, c.words,
    c.created_at, c.edited_at, c.changed_at, c.decided_at, c.queued_at, c.escalated, c.claimed_by, c.claimed_at
FROM comment c LEFT JOIN comment p ON p.id = c.parent_id
WHERE c.id = $1

-- name: CommentsIn
SELECT c.id, c.story_id, c.parent_id, c.root_id, c.branch_id, c.level, CASE WHEN p.state = 'approved' THEN p.name END, c.reader_id, c.staff_id, c.name, c.text, c.html,
    c.state, c.rule, c.detail, c.reason, c.note, c.shown, c.replies, c.notify, c.score, c.address, c.agent, c.fingerprint, c.words,
    c.created_at, c.edited_at, c.changed_at, c.decided_at, c.queued_at, c.escalated, c.claimed_by, c.claimed_at
FROM comment c LEFT JOIN comment p ON p.id = c.parent_id
WHERE c.id IN numbers($1)
ORDER BY c.id

-- name: CommentsByState
SELECT c.id, c.story_id, c.parent_id, c.root_id, c.branch_id, c.level, CASE WHEN p.state = 'approved' THEN p.name END, c.reader_id, c.staff_id, c.name, c.text, c.html,
    c.state, c.rule, c.detail, c.reason, c.note, c.shown, c.replies, c.notify, c.score, c.address, c.agent, c.fingerprint, c.words,
    c.created_at, c.edited_at, c.changed_at, c.decided_at, c.queued_at, c.escalated, c.claimed_by, c.claimed_at
FROM comment c LEFT JOIN comment p ON p.id = c.parent_id
WHERE c.state = $1 AND c.id < $2
ORDER BY c.id DESC
LIMIT $3

-- name: CommentsByReader
SELECT c.id, c.story_id, c.parent_id, c.root_id, c.branch_id, c.level, CASE WHEN p.state = 'approved' THEN p.name END, c.reader_id, c.staff_id, c.name, c.text, c.html,
    c.state, c.rule, c.detail, c.reason, c.note, c.shown, c.replies, c.notify, c.score, c.address, c.agent, c.fingerprint, c.words,
    c.created_at, c.edited_at, c.changed_at, c.decided_at, c.queued_at, c.escalated, c.claimed_by, c.claimed_at
FROM comment c LEFT JOIN comment p ON p.id = c.parent_id
WHERE c.reader_id = $1 AND c.id < $2
ORDER BY c.id DESC
LIMIT $3

-- name: OriginsOf
SELECT CASE WHEN state = 'approved' THEN address ELSE '' END FROM comment WHERE reader_id = $1 ORDER BY id DESC LIMIT $2

-- name: QueuedComments
SELECT c.id, c.story_id, c.parent_id, c.root_id, c.branch_id, c.level, CASE WHEN p.state = 'approved' THEN p.name END, c.reader_id, c.staff_id, c.name, c.text, c.html,
    c.state, c.rule, c.detail, c.reason, c.note, c.shown, c.replies, c.notify, c.score, c.address, c.agent, c.fingerprint, c.words,
    c.created_at, c.edited_at, c.changed_at, c.decided_at, c.queued_at, c.escalated, c.claimed_by, c.claimed_at
FROM comment c LEFT JOIN comment p ON p.id = c.parent_id
WHERE c.queued_at IS NOT NULL AND c.escalated = $1 AND (c.queued_at, c.id) > ($2, $3)
ORDER BY c.queued_at, c.id
LIMIT $4

-- name: QueuedIDs
SELECT id FROM comment
WHERE queued_at IS NOT NULL AND escalated = $1
ORDER BY queued_at, id
LIMIT $2

-- name: ThreadOldestFirst
SELECT c.id, c.story_id, c.parent_id, c.root_id, c.branch_id, c.level, CASE WHEN p.state = 'approved' THEN p.name END, c.staff_id, c.name, c.html,
    c.state, c.reason, c.replies, c.created_at, c.edited_at, c.changed_at
FROM comment c LEFT JOIN comment p ON p.id = c.parent_id
WHERE c.story_id = $1 AND c.shown = 1 AND (c.root_id, c.branch_id, c.id) > ($2, $3, $4)
ORDER BY c.root_id, c.branch_id, c.id
LIMIT $5

-- name: ThreadRest
SELECT c.id, c.story_id, c.parent_id, c.root_id, c.branch_id, c.level, CASE WHEN p.state = 'approved' THEN p.name END, c.staff_id, c.name, c.html,
    c.state, c.reason, c.replies, c.created_at, c.edited_at, c.changed_at
FROM comment c LEFT JOIN comment p ON p.id = c.parent_id
WHERE c.story_id = $1 AND c.shown = 1 AND c.root_id = $2 AND (c.branch_id, c.id) > ($3, $4)
ORDER BY c.branch_id, c.id
LIMIT $5

-- name: ThreadNewestFirst
SELECT c.id, c.story_id, c.parent_id, c.root_id, c.branch_id, c.level, CASE WHEN p.state = 'approved' THEN p.name END, c.staff_id, c.name, c.html,
    c.state, c.reason, c.replies, c.created_at, c.edited_at, c.changed_at
FROM comment c LEFT JOIN comment p ON p.id = c.parent_id
WHERE c.story_id = $1 AND c.shown = 1 AND c.root_id < $2
ORDER BY c.root_id DESC, c.branch_id, c.id
LIMIT $3

-- name: ChangedComments
SELECT c.id, c.story_id, c.parent_id, c.root_id, c.branch_id, c.level, CASE WHEN p.state = 'approved' THEN p.name END, c.staff_id, c.name, c.html,
    c.state, c.reason, c.replies, c.created_at, c.edited_at, c.changed_at
FROM comment c LEFT JOIN comment p ON p.id = c.parent_id
WHERE c.story_id = $1 AND c.changed_at >= $2
ORDER BY c.changed_at, c.id
LIMIT $3

-- name: LastChangedComments
SELECT c.id, c.story_id, c.parent_id, c.root_id, c.branch_id, c.level, CASE WHEN p.state = 'approved' THEN p.name END, c.staff_id, c.name, c.html,
    c.state, c.reason, c.replies, c.created_at, c.edited_at, c.changed_at
FROM comment c LEFT JOIN comment p ON p.id = c.parent_id
WHERE c.story_id = $1 AND c.changed_at IS NOT NULL
ORDER BY c.changed_at DESC, c.id DESC
LIMIT $2

-- name: CommentBefore
SELECT id FROM comment
WHERE story_id = $1 AND shown = 1 AND (root_id, branch_id, id) < ($2, $3, $4)
ORDER BY root_id DESC, branch_id DESC, id DESC
LIMIT 1

-- name: CommentCount
SELECT comments FROM thread WHERE story_id = $1

-- name: CountComments
INSERT INTO thread (story_id, comments)
VALUES ($1, $2)
ON CONFLICT (story_id) DO UPDATE SET comments = thread.comments + $2

-- name: CommentByFingerprint
SELECT id FROM comment WHERE fingerprint = $1 AND fingerprint <> '' AND created_at > $2 ORDER BY created_at DESC LIMIT 1

-- name: InsertComment
INSERT INTO comment (id, story_id, parent_id, root_id, branch_id, level, reader_id, staff_id, name, text, html,
    state, rule, detail, reason, note, shown, replies, notify, score, address, agent, fingerprint, words,
    created_at, changed_at, queued_at, escalated)
SELECT n.id, $1, $2, CASE WHEN $3 = 0 THEN n.id ELSE $3 END, CASE WHEN $4 < 0 THEN n.id ELSE $4 END, $5, $6, $7, $8, $9, $10,
    $11, $12, $13, '', '', $14, 0, $15, $16, $17, $18, $19, $20,
    $21, $22, $23, 0
FROM (SELECT COALESCE((SELECT id FROM comment ORDER BY id DESC LIMIT 1), 0) + 1 AS id) AS n
WHERE NOT EXISTS (SELECT 1 FROM comment WHERE fingerprint = $24 AND fingerprint <> '' AND created_at > $25)
RETURNING id

-- name: SetCommentState
UPDATE comment
SET state = $1, rule = $2, reason = $3, note = $4, decided_at = $5, changed_at = $6, queued_at = $7, claimed_by = NULL, claimed_at = NULL,
    escalated = CASE WHEN $8 = 1 THEN escalated ELSE 0 END
WHERE id = $9

-- name: SetCommentShown
UPDATE comment SET shown = $1 WHERE id = $2

-- name: AddReplies
UPDATE comment SET replies = replies + $1 WHERE id = $2

-- name: TouchComment
UPDATE comment SET changed_at = $1 WHERE id = $2

-- name: EditComment
UPDATE comment SET text = $1, html = $2, edited_at = $3, changed_at = $4, fingerprint = $5, words = $6, score = $7 WHERE id = $8

-- name: QueueComment
UPDATE comment SET queued_at = $1, rule = CASE WHEN rule = '' THEN $2 ELSE rule END WHERE id = $3 AND queued_at IS NULL

-- name: UnqueueComment
UPDATE comment SET queued_at = NULL, escalated = 0, claimed_by = NULL, claimed_at = NULL WHERE id = $1

-- name: EscalateComment
UPDATE comment SET escalated = $1, claimed_by = NULL, claimed_at = NULL WHERE id = $2

-- name: ClaimComment
UPDATE comment SET claimed_by = $1, claimed_at = $2
WHERE id = $3 AND queued_at IS NOT NULL AND (claimed_by IS NULL OR claimed_by = $1 OR claimed_at < $4)

-- name: ReleaseComments
UPDATE comment SET claimed_by = NULL, claimed_at = NULL WHERE claimed_by = $1 AND queued_at IS NOT NULL

-- name: EraseComment
UPDATE comment
SET name = '', text = '', html = '', detail = '', note = '', address = '', agent = '', fingerprint = '', words = '', notify = 0, reader_id = NULL
WHERE id = $1

-- name: ForgetWords
UPDATE comment SET text = '', html = '', detail = '', fingerprint = '', words = '' WHERE id = $1

-- name: ForgetOrigins
UPDATE comment SET address = '', agent = '', fingerprint = '', words = ''
WHERE id IN (SELECT id FROM comment WHERE created_at < $1 AND fingerprint <> '' ORDER BY created_at LIMIT $2)

-- name: SetNotify
UPDATE comment SET notify = $1 WHERE id = $2
