-- name: Commenter
SELECT id, email, name, created_at, seen_at, confirmed_at, approved, rejected FROM reader WHERE id = $1

-- name: CommenterByEmail
SELECT id, email, name, created_at, seen_at, confirmed_at, approved, rejected FROM reader WHERE email = $1

-- name: SeeCommenter
INSERT INTO reader (email, name, created_at, seen_at, approved, rejected)
VALUES ($1, $2, $3, $3, $4, 0)
ON CONFLICT (email) DO UPDATE SET name = $2, seen_at = $3, approved = reader.approved + $4
WHERE reader.confirmed_at IS NULL
RETURNING id

-- name: CountDecisions
UPDATE reader SET approved = approved + $1, rejected = rejected + $2 WHERE id = $3

-- name: ConfirmCommenter
INSERT INTO reader (email, name, created_at, seen_at, confirmed_at, approved, rejected)
VALUES ($1, $2, $3, $3, $3, 0, 0)
ON CONFLICT (email) DO UPDATE SET seen_at = $3, confirmed_at = COALESCE(reader.confirmed_at, $3),
    name = CASE WHEN reader.confirmed_at IS NULL THEN $2 ELSE reader.name END
RETURNING id

-- name: SetCommenterName
UPDATE reader SET name = $1 WHERE id = $2

-- name: ForgetGuests
UPDATE reader SET email = NULL
WHERE id IN (
    SELECT id FROM reader
    WHERE email IS NOT NULL AND seen_at < $1 AND (confirmed_at IS NULL AND seen_at < $2 OR seen_at < $3)
    ORDER BY seen_at
    LIMIT $4
)

-- name: EraseCommenter
UPDATE reader SET email = NULL, name = '', confirmed_at = NULL WHERE id = $1
