-- name: Responses
SELECT id, deal_id, entity_id, claim_id, party_id, kind, words, day, recorded_at, recorded_by, story_id,
    released_at
FROM response
WHERE subject IN texts($1) AND ($2 = 1 OR released_at IS NOT NULL)
ORDER BY id

-- name: InsertResponse
INSERT INTO response (subject, deal_id, entity_id, claim_id, party_id, kind, words, day, recorded_at, recorded_by,
    story_id, released_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
RETURNING id

-- name: ReleaseResponses
UPDATE response SET released_at = $1 WHERE id IN numbers($2) AND released_at IS NULL
RETURNING id
