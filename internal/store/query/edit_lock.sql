-- name: EditLock
SELECT story_id, holder, name, since, renewed_at FROM edit_lock WHERE story_id = $1

-- One's own lock is renewed; that of another is taken when it was not renewed after $5.

-- name: TakeEditLock
INSERT INTO edit_lock (story_id, holder, name, since, renewed_at)
VALUES ($1, $2, $3, $4, $4)
ON CONFLICT (story_id) DO UPDATE SET
    since = CASE WHEN edit_lock.holder = excluded.holder AND edit_lock.renewed_at > $5 THEN edit_lock.since ELSE excluded.since END,
    holder = excluded.holder, name = excluded.name, renewed_at = excluded.renewed_at
WHERE edit_lock.holder = excluded.holder OR edit_lock.renewed_at <= $5

-- name: DeleteEditLock
DELETE FROM edit_lock WHERE story_id = $1 AND holder = $2
