-- name: Note
SELECT id, story_id, thread_id, before, words, after, text, for_actor, written_by, written_name, written_at,
    resolved_by, resolved_name, resolved_at
FROM note
WHERE id = $1

-- name: Notes
SELECT id, story_id, thread_id, before, words, after, text, for_actor, written_by, written_name, written_at,
    resolved_by, resolved_name, resolved_at
FROM note
WHERE story_id = $1 AND id > $2
ORDER BY id
LIMIT $3

-- name: InsertNote
INSERT INTO note (story_id, thread_id, before, words, after, text, for_actor, written_by, written_name, written_at,
    resolved_by, resolved_name)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', '')
RETURNING id

-- name: ResolveNote
UPDATE note SET resolved_by = $1, resolved_name = $2, resolved_at = $3 WHERE id = $4

-- name: ResolveAnswers
UPDATE note SET resolved_by = $1, resolved_name = $2, resolved_at = $3 WHERE thread_id = $4

-- name: DeleteAnswers
DELETE FROM note WHERE story_id = $1 AND thread_id IS NOT NULL

-- name: DeleteNotes
DELETE FROM note WHERE story_id = $1
