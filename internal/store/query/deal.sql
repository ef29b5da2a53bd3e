-- name: Deal
SELECT id, kind, slug, title, target_id, parties, created_at, created_by, released_at
FROM deal
WHERE id = $1

-- name: DealAt
SELECT id, kind, slug, title, target_id, parties, created_at, created_by, released_at
FROM deal
WHERE slug = $1

-- name: DealsByID
SELECT id, kind, slug, title, target_id, parties, created_at, created_by, released_at
FROM deal
WHERE id IN numbers($1)
ORDER BY id

-- name: DealsOfTargets
SELECT id, kind, slug, title, target_id, parties, created_at, created_by, released_at
FROM deal
WHERE target_id IN numbers($1)
ORDER BY id DESC

-- name: DealsOfEntity
SELECT d.id, d.kind, d.slug, d.title, d.target_id, d.parties, d.created_at, d.created_by, d.released_at
FROM deal_entity de
JOIN deal d ON d.id = de.deal_id
WHERE de.entity_id = $1 AND de.deal_id < $2 AND ($3 = 1 OR d.released_at IS NOT NULL)
ORDER BY de.deal_id DESC
LIMIT $4

-- name: InsertDeal
INSERT INTO deal (kind, slug, title, target_id, parties, created_at, created_by, released_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT DO NOTHING
RETURNING id

-- name: InsertDealEntity
INSERT INTO deal_entity (entity_id, deal_id)
VALUES ($1, $2)
ON CONFLICT DO NOTHING

-- name: RetitleDeal
UPDATE deal SET title = $1, slug = $2
WHERE id = $3 AND NOT EXISTS (SELECT 1 FROM deal o WHERE o.slug = $2 AND o.id <> $3)
RETURNING id

-- name: UpdateDealParties
UPDATE deal SET parties = $1 WHERE id = $2

-- name: ReleaseDeals
UPDATE deal SET released_at = $1 WHERE id IN numbers($2) AND released_at IS NULL
RETURNING id

-- name: NewestDeals
SELECT id, kind, slug, title, target_id, parties, created_at, created_by, released_at
FROM deal
WHERE id < $1
ORDER BY id DESC
LIMIT $2

-- name: UpdateDeal
UPDATE deal SET kind = $1, title = $2 WHERE id = $3
