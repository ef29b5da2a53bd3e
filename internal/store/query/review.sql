-- name: Review
SELECT r.story_id, r.stage, r.assignee_id, COALESCE(s.name, ''), r.note, r.asked_by, r.asked_name, r.asked_at,
    r.decided_by, r.decided_name, r.decided_at, r.reason, r.version
FROM review r LEFT JOIN staff s ON s.id = r.assignee_id
WHERE r.story_id = $1

-- name: IsHandedOn
SELECT CASE WHEN EXISTS (SELECT 1 FROM review WHERE story_id = $1) OR EXISTS (SELECT 1 FROM embargo WHERE story_id = $1) THEN 1 ELSE 0 END

-- name: PutReview
INSERT INTO review (story_id, stage, assignee_id, note, asked_by, asked_name, asked_at,
    decided_by, decided_name, decided_at, reason, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
ON CONFLICT (story_id) DO UPDATE SET
    stage = excluded.stage, assignee_id = excluded.assignee_id, note = excluded.note,
    asked_by = excluded.asked_by, asked_name = excluded.asked_name, asked_at = excluded.asked_at,
    decided_by = excluded.decided_by, decided_name = excluded.decided_name, decided_at = excluded.decided_at,
    reason = excluded.reason, version = excluded.version

-- name: EndApproval
UPDATE review SET stage = 'asked', decided_by = '', decided_name = '', decided_at = NULL, reason = '', version = 0
WHERE story_id = $1 AND stage = 'approved'

-- name: DeleteReview
DELETE FROM review WHERE story_id = $1
