-- name: WorkingCopy
SELECT story_id, version, headline, standfirst, body, rest, updated_at, updated_by
FROM working_copy
WHERE story_id = $1

-- name: InsertWorkingCopy
INSERT INTO working_copy (story_id, version, headline, standfirst, body, rest, updated_at, updated_by)
VALUES ($1, 1, $2, $3, $4, $5, $6, $7)

-- name: SaveWorkingCopy
UPDATE working_copy SET
    version = version + 1, headline = $1, standfirst = $2, body = $3, rest = $4, updated_at = $5, updated_by = $6
WHERE story_id = $7 AND version = $8
