-- What somebody should look at, each kind newest first over an index of its own.

-- name: NeedsReview
SELECT r.asked_at, r.story_id, s.headline, r.story_id, r.asked_name, r.note
FROM review r JOIN story s ON s.id = r.story_id
WHERE r.stage = 'asked' AND r.assignee_id = $1 AND (r.asked_at, r.story_id) < ($2, $3)
ORDER BY r.asked_at DESC, r.story_id DESC
LIMIT $4

-- name: NeedsAnyReview
SELECT r.asked_at, r.story_id, s.headline, r.story_id, r.asked_name, r.note
FROM review r JOIN story s ON s.id = r.story_id
WHERE r.stage = 'asked' AND r.assignee_id IS NULL AND (r.asked_at, r.story_id) < ($1, $2)
ORDER BY r.asked_at DESC, r.story_id DESC
LIMIT $3

-- name: NeedsChanges
SELECT r.decided_at, r.story_id, s.headline, r.story_id, r.decided_name, r.reason
FROM review r JOIN story s ON s.id = r.story_id
WHERE r.stage = 'changes asked' AND r.asked_by = $1 AND (r.decided_at, r.story_id) < ($2, $3)
ORDER BY r.decided_at DESC, r.story_id DESC
LIMIT $4

-- name: NeedsNote
SELECT n.written_at, n.story_id, s.headline, n.id, n.written_name, n.text
FROM note n JOIN story s ON s.id = n.story_id
WHERE n.resolved_at IS NULL AND n.for_actor = $1 AND (n.written_at, n.id) < ($2, $3)
ORDER BY n.written_at DESC, n.id DESC
LIMIT $4

-- name: NeedsPending
SELECT p.made_at, p.story_id, s.headline, p.story_id, '', ''
FROM pending p JOIN story s ON s.id = p.story_id
WHERE (p.made_at, p.story_id) < ($1, $2)
ORDER BY p.made_at DESC, p.story_id DESC
LIMIT $3

-- name: NeedsEscalated
SELECT c.queued_at, c.story_id, s.headline, c.id, c.name, c.text
FROM comment c JOIN story s ON s.id = c.story_id
WHERE c.queued_at IS NOT NULL AND c.escalated = 1 AND (c.queued_at, c.id) < ($1, $2)
ORDER BY c.queued_at DESC, c.id DESC
LIMIT $3
