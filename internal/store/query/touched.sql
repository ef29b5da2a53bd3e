-- name: InsertTouched
INSERT INTO touched (origin, tags, jobs, at)
VALUES ($1, $2, $3, $4)

-- name: LastTouched
SELECT COALESCE(MAX(id), 0) FROM touched

-- name: TouchedSince
SELECT id, origin, tags, jobs FROM touched WHERE id >= $1 ORDER BY id LIMIT $2

-- name: TouchedNumbers
SELECT id FROM touched WHERE id >= $1 ORDER BY id

-- name: PruneTouched
DELETE FROM touched WHERE at < $1
