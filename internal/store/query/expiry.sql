-- name: VersionsToExpire
SELECT v.id, v.claim_id, v.number, v.quantity, v.basis, v.stage, v.date_from, v.date_to, v.date_precision,
    v.as_of_from, v.as_of_to, v.as_of_precision, v.modality, v.evidence, v.words, v.supersedes_id, v.class, v.cause, v.note,
    v.unchecked, v.checked_at, v.recorded_at, v.recorded_by, v.released_at, v.erased,
    e.lifecycle, CASE WHEN $1 = 1 THEN e.at ELSE e.released_at END
FROM expiry d
JOIN claim_version v ON v.id = d.version_id
LEFT JOIN claim_end e ON e.id = (
    SELECT MAX(x.id) FROM claim_end x WHERE x.version_id = v.id AND ($1 = 1 OR x.released_at IS NOT NULL)
)
WHERE d.due_at <= $2 AND ($1 = 1 OR v.released_at IS NOT NULL)
ORDER BY d.due_at, d.version_id
LIMIT $3

-- name: PropertyOfVersion
SELECT c.property
FROM claim_version v
JOIN claim c ON c.id = v.claim_id
WHERE v.id = $1

-- name: InsertExpiry
INSERT INTO expiry (version_id, due_at)
VALUES ($1, $2)

-- name: MoveExpiry
UPDATE expiry SET due_at = $1 WHERE version_id = $2 AND due_at < $1

-- name: DeleteExpiry
DELETE FROM expiry WHERE version_id = $1

-- name: Expiring
SELECT due_at, version_id
FROM expiry
WHERE (due_at, version_id) > ($1, $2) AND due_at <= $3
ORDER BY due_at, version_id
LIMIT $4
