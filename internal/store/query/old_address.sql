-- name: OldAddress
SELECT path, target FROM old_address WHERE path = $1

-- name: PutOldAddress
INSERT INTO old_address (path, target)
VALUES ($1, $2)
ON CONFLICT (path) DO UPDATE SET target = excluded.target

-- name: DeleteOldAddress
DELETE FROM old_address WHERE path = $1

-- name: RetargetOldAddresses
UPDATE old_address SET target = $1 WHERE target = $2
