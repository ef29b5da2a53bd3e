-- The structured form is the desk's own: what readers' queries select is its words and
-- its day.

-- name: Attributions
SELECT version_id, kind, name, entity_id, outlet, via_outlet, document_url, least_sources, proximity,
    ground_rule, words, day, story_id, released_at
FROM attribution
WHERE version_id IN numbers($1)
ORDER BY id

-- name: ReleasedAttributions
SELECT version_id, words, day
FROM attribution
WHERE version_id IN numbers($1) AND released_at IS NOT NULL
ORDER BY id

-- name: InsertAttribution
INSERT INTO attribution (version_id, story_id, kind, name, entity_id, outlet, via_outlet, document_url, least_sources,
    proximity, ground_rule, words, day, recorded_at, released_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)

-- name: ReleaseAttributionsOfVersions
UPDATE attribution SET released_at = $1 WHERE version_id IN numbers($2) AND story_id IS NULL AND released_at IS NULL

-- name: ReleaseAttributionsOfStory
UPDATE attribution SET released_at = $1 WHERE story_id = $2 AND released_at IS NULL
RETURNING version_id

-- name: VersionsOfStory
SELECT DISTINCT version_id FROM attribution WHERE story_id = $1 ORDER BY version_id

-- name: DeleteAttributions
DELETE FROM attribution WHERE version_id = $1
