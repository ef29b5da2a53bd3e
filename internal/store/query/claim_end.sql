-- name: Ends
SELECT e.version_id, e.lifecycle, e.at, e.by_version_id, e.class, e.note, e.recorded_by, e.released_at
FROM claim_version v
JOIN claim_end e ON e.version_id = v.id
WHERE v.claim_id = $1 AND ($2 = 1 OR e.released_at IS NOT NULL)
ORDER BY e.id

-- name: EndsOfVersions
SELECT version_id, lifecycle, at, by_version_id, class, note, recorded_by, released_at
FROM claim_end
WHERE version_id IN numbers($1) AND ($2 = 1 OR released_at IS NOT NULL)
ORDER BY id

-- name: InsertEnd
INSERT INTO claim_end (version_id, lifecycle, at, by_version_id, class, note, recorded_by, released_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)

-- name: ReleaseEnds
UPDATE claim_end SET released_at = $1 WHERE by_version_id IN numbers($2) AND released_at IS NULL
RETURNING version_id, lifecycle, at, by_version_id, class, note, recorded_by, released_at

-- name: ReleaseEndsOf
UPDATE claim_end SET released_at = $1 WHERE version_id IN numbers($2) AND released_at IS NULL
RETURNING version_id, lifecycle, at, by_version_id, class, note, recorded_by, released_at

-- name: EraseEnds
UPDATE claim_end SET note = '' WHERE version_id = $1 OR by_version_id = $1
