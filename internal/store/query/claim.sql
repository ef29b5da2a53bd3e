-- A subject is stored twice: as the text by which it is found, and as a reference.

-- name: Claim
SELECT id, deal_id, entity_id, property, party_id, tranche, day, period, event, created_at, same_as
FROM claim
WHERE id = $1

-- name: ClaimByKey
SELECT id, deal_id, entity_id, property, party_id, tranche, day, period, event, created_at, same_as
FROM claim
WHERE subject = $1 AND property = $2 AND dimensions = $3

-- name: ClaimsOf
SELECT c.id, c.deal_id, c.entity_id, c.property, c.party_id, c.tranche, c.day, c.period, c.event, c.created_at, c.same_as
FROM claim c
WHERE c.subject = $1
    AND ($2 = 1 OR EXISTS (SELECT 1 FROM claim_version v WHERE v.claim_id = c.id AND v.released_at IS NOT NULL))
ORDER BY c.id

-- name: ClaimsByID
SELECT id, deal_id, entity_id, property, party_id, tranche, day, period, event, created_at, same_as
FROM claim
WHERE id IN numbers($1)
ORDER BY id

-- name: InsertClaim
INSERT INTO claim (subject, deal_id, entity_id, property, dimensions, party_id, tranche, day, period, event, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT DO NOTHING
RETURNING id

-- What admits a claim here is what the index claim_several holds.

-- name: ComparedClaims
SELECT id, deal_id, entity_id, property, party_id, tranche, day, period, event, created_at, same_as
FROM claim
WHERE property IN ('stake', 'amount-raised') AND id < $1
ORDER BY id DESC
LIMIT $2

-- name: SeveralClaims
SELECT id, deal_id, entity_id, property, party_id, tranche, day, period, event, created_at, same_as
FROM claim
WHERE several = 1 AND id < $1
ORDER BY id DESC
LIMIT $2
