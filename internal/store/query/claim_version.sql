-- How the time of a version as current ended is what its last end says; for readers
-- its last released end, and then at the time of the release.

-- name: Version
SELECT v.id, v.claim_id, v.number, v.quantity, v.basis, v.stage, v.date_from, v.date_to, v.date_precision,
    v.as_of_from, v.as_of_to, v.as_of_precision, v.modality, v.evidence, v.words, v.supersedes_id, v.class, v.cause, v.note,
    v.unchecked, v.checked_at, v.recorded_at, v.recorded_by, v.released_at, v.erased,
    e.lifecycle, CASE WHEN $1 = 1 THEN e.at ELSE e.released_at END
FROM claim_version v
LEFT JOIN claim_end e ON e.id = (
    SELECT MAX(x.id) FROM claim_end x WHERE x.version_id = v.id AND ($1 = 1 OR x.released_at IS NOT NULL)
)
WHERE v.id = $2 AND ($1 = 1 OR v.released_at IS NOT NULL)
ORDER BY v.id

-- name: Versions
SELECT v.id, v.claim_id, v.number, v.quantity, v.basis, v.stage, v.date_from, v.date_to, v.date_precision,
    v.as_of_from, v.as_of_to, v.as_of_precision, v.modality, v.evidence, v.words, v.supersedes_id, v.class, v.cause, v.note,
    v.unchecked, v.checked_at, v.recorded_at, v.recorded_by, v.released_at, v.erased,
    e.lifecycle, CASE WHEN $1 = 1 THEN e.at ELSE e.released_at END
FROM claim_version v
LEFT JOIN claim_end e ON e.id = (
    SELECT MAX(x.id) FROM claim_end x WHERE x.version_id = v.id AND ($1 = 1 OR x.released_at IS NOT NULL)
)
WHERE v.claim_id = $2 AND ($1 = 1 OR v.released_at IS NOT NULL)
ORDER BY v.number

-- name: VersionsOf
SELECT v.id, v.claim_id, v.number, v.quantity, v.basis, v.stage, v.date_from, v.date_to, v.date_precision,
    v.as_of_from, v.as_of_to, v.as_of_precision, v.modality, v.evidence, v.words, v.supersedes_id, v.class, v.cause, v.note,
    v.unchecked, v.checked_at, v.recorded_at, v.recorded_by, v.released_at, v.erased,
    e.lifecycle, CASE WHEN $1 = 1 THEN e.at ELSE e.released_at END
FROM claim c
JOIN claim_version v ON v.claim_id = c.id
LEFT JOIN claim_end e ON e.id = (
    SELECT MAX(x.id) FROM claim_end x WHERE x.version_id = v.id AND ($1 = 1 OR x.released_at IS NOT NULL)
)
WHERE c.subject = $2 AND ($1 = 1 OR v.released_at IS NOT NULL)
ORDER BY c.id, v.number

-- What a page about a subject shows: what its plain claims say, what is current, and
-- what was recorded last, each with a bound of its own and from an index.

-- name: ShownVersionsOf
SELECT v.id, v.claim_id, v.number, v.quantity, v.basis, v.stage, v.date_from, v.date_to, v.date_precision,
    v.as_of_from, v.as_of_to, v.as_of_precision, v.modality, v.evidence, v.words, v.supersedes_id, v.class, v.cause, v.note,
    v.unchecked, v.checked_at, v.recorded_at, v.recorded_by, v.released_at, v.erased,
    e.lifecycle, CASE WHEN $1 = 1 THEN e.at ELSE e.released_at END
FROM claim_version v
LEFT JOIN claim_end e ON e.id = (
    SELECT MAX(x.id) FROM claim_end x WHERE x.version_id = v.id AND ($1 = 1 OR x.released_at IS NOT NULL)
)
WHERE v.id IN (
    SELECT id FROM (
        SELECT v.id AS id
        FROM claim_version v
        WHERE v.subject = $2 AND v.plain = 1 AND ($1 = 1 OR v.released_at IS NOT NULL)
        ORDER BY v.id DESC
        LIMIT $3
    ) AS plain
    UNION
    SELECT id FROM (
        SELECT v.id AS id
        FROM claim_version v
        WHERE v.subject = $2 AND v.erased = 0 AND ($1 = 1 OR v.released_at IS NOT NULL)
            AND NOT EXISTS (
                SELECT 1 FROM claim_end x WHERE x.version_id = v.id AND ($1 = 1 OR x.released_at IS NOT NULL)
            )
        ORDER BY v.id DESC
        LIMIT $4
    ) AS held
    UNION
    SELECT id FROM (
        SELECT v.id AS id
        FROM claim_version v
        WHERE v.subject = $2 AND ($1 = 1 OR v.released_at IS NOT NULL)
        ORDER BY v.recorded_at DESC, v.id DESC
        LIMIT $4
    ) AS recent
)
ORDER BY v.claim_id, v.number

-- name: VersionsByClaims
SELECT v.id, v.claim_id, v.number, v.quantity, v.basis, v.stage, v.date_from, v.date_to, v.date_precision,
    v.as_of_from, v.as_of_to, v.as_of_precision, v.modality, v.evidence, v.words, v.supersedes_id, v.class, v.cause, v.note,
    v.unchecked, v.checked_at, v.recorded_at, v.recorded_by, v.released_at, v.erased,
    e.lifecycle, CASE WHEN $1 = 1 THEN e.at ELSE e.released_at END
FROM claim_version v
LEFT JOIN claim_end e ON e.id = (
    SELECT MAX(x.id) FROM claim_end x WHERE x.version_id = v.id AND ($1 = 1 OR x.released_at IS NOT NULL)
)
WHERE v.claim_id IN numbers($2) AND ($1 = 1 OR v.released_at IS NOT NULL)
ORDER BY v.claim_id, v.number

-- name: VersionsByID
SELECT v.id, v.claim_id, v.number, v.quantity, v.basis, v.stage, v.date_from, v.date_to, v.date_precision,
    v.as_of_from, v.as_of_to, v.as_of_precision, v.modality, v.evidence, v.words, v.supersedes_id, v.class, v.cause, v.note,
    v.unchecked, v.checked_at, v.recorded_at, v.recorded_by, v.released_at, v.erased,
    e.lifecycle, CASE WHEN $1 = 1 THEN e.at ELSE e.released_at END
FROM claim_version v
LEFT JOIN claim_end e ON e.id = (
    SELECT MAX(x.id) FROM claim_end x WHERE x.version_id = v.id AND ($1 = 1 OR x.released_at IS NOT NULL)
)
WHERE v.id IN numbers($2) AND ($1 = 1 OR v.released_at IS NOT NULL)
ORDER BY v.id

-- What admits a version here is what the index claim_version_unreleased holds, but for those
-- that ended before readers saw them.

-- name: UnreleasedVersions
SELECT v.id
FROM claim_version v
WHERE v.id < $1 AND v.released_at IS NULL AND v.erased = 0 AND NOT EXISTS (SELECT 1 FROM claim_end x WHERE x.version_id = v.id)
ORDER BY v.id DESC
LIMIT $2

-- name: UncheckedVersions
SELECT v.id, v.claim_id, v.number, v.quantity, v.basis, v.stage, v.date_from, v.date_to, v.date_precision,
    v.as_of_from, v.as_of_to, v.as_of_precision, v.modality, v.evidence, v.words, v.supersedes_id, v.class, v.cause, v.note,
    v.unchecked, v.checked_at, v.recorded_at, v.recorded_by, v.released_at, v.erased,
    e.lifecycle, CASE WHEN $1 = 1 THEN e.at ELSE e.released_at END
FROM claim_version v
LEFT JOIN claim_end e ON e.id = (
    SELECT MAX(x.id) FROM claim_end x WHERE x.version_id = v.id AND ($1 = 1 OR x.released_at IS NOT NULL)
)
WHERE v.id > $2 AND v.unchecked = 1 AND v.checked_at IS NULL AND e.id IS NULL AND ($1 = 1 OR v.released_at IS NOT NULL)
ORDER BY v.id
LIMIT $3

-- name: ReleasedVersions
SELECT v.id, v.claim_id, v.number, v.quantity, v.basis, v.stage, v.date_from, v.date_to, v.date_precision,
    v.as_of_from, v.as_of_to, v.as_of_precision, v.modality, v.evidence, v.words, v.supersedes_id, v.class, v.cause, v.note,
    v.unchecked, v.checked_at, v.recorded_at, v.recorded_by, v.released_at, v.erased,
    e.lifecycle, CASE WHEN $1 = 1 THEN e.at ELSE e.released_at END
FROM claim_version v
LEFT JOIN claim_end e ON e.id = (
    SELECT MAX(x.id) FROM claim_end x WHERE x.version_id = v.id AND ($1 = 1 OR x.released_at IS NOT NULL)
)
WHERE v.released_at IS NOT NULL
    AND (v.released_at, v.id) > (coalesce((SELECT b.released_at FROM claim_version b WHERE b.id = $2), 0), $2)
ORDER BY v.released_at, v.id
LIMIT $3

-- name: InsertVersion
INSERT INTO claim_version (claim_id, number, quantity, basis, stage, date_from, date_to, date_precision,
    as_of_from, as_of_to, as_of_precision, modality, evidence, words, supersedes_id, class, cause, note, unchecked,
    recorded_at, recorded_by, released_at, subject, plain, erased)
VALUES ($1, (SELECT COALESCE(MAX(number), 0) + 1 FROM claim_version WHERE claim_id = $1), $2, $3, $4, $5, $6, $7,
    $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, 0)
RETURNING id

-- name: NoteSeveral
UPDATE claim SET several = 1
WHERE id = $1 AND several = 0 AND EXISTS (SELECT 1 FROM claim_version v WHERE v.claim_id = $2 AND v.id <> $3)

-- name: CheckVersion
UPDATE claim_version SET checked_at = $1, checked_by = $2 WHERE id = $3

-- name: ReleaseVersions
UPDATE claim_version SET released_at = $1 WHERE id IN numbers($2) AND released_at IS NULL
RETURNING id

-- name: EraseVersion
UPDATE claim_version SET
    quantity = NULL, basis = '', stage = '', date_from = NULL, date_to = NULL, date_precision = '',
    as_of_from = NULL, as_of_to = NULL, as_of_precision = '', words = '', note = '', erased = 1
WHERE id = $1
