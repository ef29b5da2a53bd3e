-- name: Schedule
SELECT story_id, revision_id, due_at FROM schedule WHERE story_id = $1

-- name: Schedules
SELECT story_id, revision_id, due_at FROM schedule ORDER BY due_at, story_id LIMIT $1

-- name: PutSchedule
INSERT INTO schedule (story_id, revision_id, due_at)
VALUES ($1, $2, $3)
ON CONFLICT (story_id) DO UPDATE SET revision_id = excluded.revision_id, due_at = excluded.due_at

-- name: DeleteSchedule
DELETE FROM schedule WHERE story_id = $1

-- name: DueSchedules
SELECT story_id, revision_id, due_at FROM schedule WHERE due_at <= $1 ORDER BY due_at, story_id LIMIT $2
