-- name: Pending
SELECT story_id, revision_id, version_id, made_at FROM pending WHERE story_id = $1

-- name: Pendings
SELECT story_id, revision_id, version_id, made_at
FROM pending
WHERE (made_at, story_id) < ($1, $2)
ORDER BY made_at DESC, story_id DESC
LIMIT $3

-- name: PutPending
INSERT INTO pending (story_id, revision_id, version_id, made_at)
VALUES ($1, $2, $3, $4)
ON CONFLICT (story_id) DO UPDATE SET
    revision_id = excluded.revision_id, version_id = excluded.version_id, made_at = excluded.made_at

-- name: DeletePending
DELETE FROM pending WHERE story_id = $1
