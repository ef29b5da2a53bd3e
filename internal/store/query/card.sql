-- name: Card
SELECT file, digest FROM card WHERE story_id = $1

-- name: CardStories
SELECT story_id FROM card WHERE story_id < $1 ORDER BY story_id DESC LIMIT $2

-- name: PutCard
INSERT INTO card (story_id, file, digest) VALUES ($1, $2, $3)
ON CONFLICT (story_id) DO UPDATE SET file = excluded.file, digest = excluded.digest

-- name: DeleteCard
DELETE FROM card WHERE story_id = $1
