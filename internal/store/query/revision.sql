-- name: Revision
SELECT id, story_id, number, purpose, headline, standfirst, body, rest, created_at, created_by, published_at,
    change_class, change_note
FROM revision
WHERE id = $1

-- name: PublishedRevision
SELECT id, story_id, number, purpose, headline, standfirst, body, rest, created_at, created_by, published_at,
    change_class, change_note
FROM revision
WHERE story_id = $1 AND number = $2

-- name: Revisions
SELECT id, story_id, number, purpose, headline, standfirst, body, rest, created_at, created_by, published_at,
    change_class, change_note
FROM revision
WHERE story_id = $1 AND id < $2
ORDER BY id DESC
LIMIT $3

-- name: PublishedVersions
SELECT number, id, published_at, change_class, change_note, headline, rest
FROM revision
WHERE story_id = $1 AND number <= $2
ORDER BY number DESC
LIMIT $3

-- name: InsertRevision
INSERT INTO revision (story_id, number, purpose, headline, standfirst, body, rest, created_at, created_by, published_at,
    change_class, change_note)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
ON CONFLICT DO NOTHING
RETURNING id

-- name: RevisionNumberTaken
SELECT o.id
FROM revision r
JOIN revision o ON o.story_id = r.story_id
WHERE r.id = $1 AND o.number = $2 AND o.id <> r.id

-- name: NumberRevision
UPDATE revision SET number = $1, published_at = $2, change_class = $3, change_note = $4 WHERE id = $5

-- name: RewriteRevision
UPDATE revision SET headline = $1, standfirst = $2, body = $3, rest = $4, change_note = $5 WHERE id = $6
