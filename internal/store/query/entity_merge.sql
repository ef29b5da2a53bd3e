-- What follows an entity into another. Each statement takes the one that goes first or last,
-- as it is numbered.

-- name: FormerClaimsOfSubject
INSERT INTO former_claim (version_id, entity_id, party_id)
SELECT v.id, c.entity_id, c.party_id
FROM claim c
JOIN claim_version v ON v.claim_id = c.id
WHERE c.subject = $1 AND v.released_at IS NOT NULL
ON CONFLICT DO NOTHING

-- name: FormerClaimsOfParty
INSERT INTO former_claim (version_id, entity_id, party_id)
SELECT v.id, c.entity_id, c.party_id
FROM claim c
JOIN claim_version v ON v.claim_id = c.id
WHERE c.party_id = $1 AND v.released_at IS NOT NULL
ON CONFLICT DO NOTHING

-- name: FormerClaims
SELECT version_id, entity_id, party_id FROM former_claim WHERE version_id IN numbers($1)

-- name: ClaimsOfParty
SELECT id, deal_id, entity_id, property, party_id, tranche, day, period, event, created_at, same_as
FROM claim
WHERE party_id = $1
ORDER BY id

-- name: SameClaims
SELECT id, deal_id, entity_id, property, party_id, tranche, day, period, event, created_at, same_as
FROM claim
WHERE same_as IN numbers($1)
ORDER BY id

-- name: MoveClaim
UPDATE claim SET subject = $1, entity_id = $2, party_id = $3, dimensions = $4 WHERE id = $5

-- name: MoveVersions
UPDATE claim_version SET subject = $1 WHERE claim_id = $2

-- name: JoinClaims
UPDATE claim SET same_as = $1, several = 1 WHERE id IN ($2, $3) OR same_as = $4

-- name: MoveDeal
UPDATE deal SET target_id = $1, parties = $2 WHERE id = $3

-- name: DeleteDealEntity
DELETE FROM deal_entity WHERE entity_id = $1 AND deal_id = $2

-- name: MoveAttributions
UPDATE attribution SET entity_id = $1 WHERE entity_id = $2

-- name: MoveAnswers
UPDATE response SET party_id = $1 WHERE party_id = $2

-- name: MoveResponses
UPDATE response SET subject = $1, entity_id = $2 WHERE subject = $3

-- name: MoveCitingSubjects
INSERT INTO citing_subject (subject, listed_at, story_id)
SELECT $1, listed_at, story_id FROM citing_subject WHERE subject = $2
ON CONFLICT DO NOTHING

-- name: DeleteCitingSubject
DELETE FROM citing_subject WHERE subject = $1

-- name: MoveNotices
UPDATE notice SET subject = $1 WHERE subject = $2

-- name: DeleteEntityAliases
DELETE FROM entity_alias WHERE entity_id = $1 AND name_key IN texts($2)

-- name: DeleteEntityTicker
DELETE FROM entity_ticker WHERE mic = $1 AND symbol = $2 AND entity_id = $3

-- name: UpdateEntity
UPDATE entity SET name = $1, aliases = $2, lei = $3, qid = $4, public_figure = $5 WHERE id = $6

-- name: MergeEntity
UPDATE entity SET merged_into = $1 WHERE id = $2 OR merged_into = $3

-- name: MergedSlugs
SELECT slug FROM entity WHERE merged_into = $1 ORDER BY id LIMIT $2
