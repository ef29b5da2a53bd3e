-- name: Citations
SELECT claim_id, version_id, words, start_at, end_at
FROM citation
WHERE revision_id = $1
ORDER BY position

-- name: InsertCitation
INSERT INTO citation (revision_id, position, claim_id, version_id, words, start_at, end_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)

-- name: DeleteCitations
DELETE FROM citation WHERE revision_id = $1
