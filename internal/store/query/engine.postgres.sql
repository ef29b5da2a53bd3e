-- name: Notify
SELECT pg_notify($1, $2)

-- name: TouchedAmong
SELECT id, origin, tags, jobs FROM touched WHERE id = ANY (string_to_array($1, ',')::bigint[]) ORDER BY id
