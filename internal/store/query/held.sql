-- What small parts of pages show of a subject: a few claims by what they are, however
-- many others there are.

-- In the order of the unique index, which must be the one that is walked: by another, all
-- claims of the subject would be.

-- name: ClaimsNamed
SELECT id, deal_id, entity_id, property, party_id, tranche, day, period, event, created_at, same_as
FROM claim
WHERE subject = $1 AND property IN texts($2) AND dimensions IN texts($3)
ORDER BY property, dimensions

-- name: ClaimsOfProperties
SELECT id, deal_id, entity_id, property, party_id, tranche, day, period, event, created_at, same_as
FROM claim
WHERE subject IN texts($1) AND property IN texts($2)
ORDER BY id

-- name: PlainClaims
SELECT id, deal_id, entity_id, property, party_id, tranche, day, period, event, created_at, same_as
FROM claim
WHERE subject IN texts($1) AND property = $2 AND dimensions = ''
ORDER BY id

-- name: HeldVersions
SELECT v.id, v.claim_id, v.number, v.quantity, v.basis, v.stage, v.date_from, v.date_to, v.date_precision,
    v.as_of_from, v.as_of_to, v.as_of_precision, v.modality, v.evidence, v.words, v.supersedes_id, v.class, v.cause, v.note,
    v.unchecked, v.checked_at, v.recorded_at, v.recorded_by, v.released_at, v.erased,
    NULL, NULL
FROM claim_version v
WHERE ($1 = 1 OR v.released_at IS NOT NULL) AND v.claim_id IN numbers($2) AND v.erased = 0 AND NOT EXISTS (
    SELECT 1 FROM claim_end x WHERE x.version_id = v.id AND ($1 = 1 OR x.released_at IS NOT NULL)
)
ORDER BY v.claim_id, v.number

-- name: NewestVersions
SELECT v.id, v.claim_id, v.number, v.quantity, v.basis, v.stage, v.date_from, v.date_to, v.date_precision,
    v.as_of_from, v.as_of_to, v.as_of_precision, v.modality, v.evidence, v.words, v.supersedes_id, v.class, v.cause, v.note,
    v.unchecked, v.checked_at, v.recorded_at, v.recorded_by, v.released_at, v.erased,
    e.lifecycle, CASE WHEN $1 = 1 THEN e.at ELSE e.released_at END
FROM claim_version v
LEFT JOIN claim_end e ON e.id = (
    SELECT MAX(x.id) FROM claim_end x WHERE x.version_id = v.id AND ($1 = 1 OR x.released_at IS NOT NULL)
)
WHERE v.claim_id IN numbers($2) AND ($1 = 1 OR v.released_at IS NOT NULL)
ORDER BY v.recorded_at DESC, v.id DESC
LIMIT $3

-- name: LedgerLists
SELECT CASE WHEN EXISTS (SELECT 1 FROM deal_listing) THEN 1 ELSE 0 END, CASE WHEN EXISTS (SELECT 1 FROM notice) THEN 1 ELSE 0 END
