-- name: DealListing
SELECT d.id, d.kind, d.slug, d.title, d.target_id, d.parties, d.created_at, d.created_by, d.released_at,
    e.id, e.kind, e.slug, e.name, e.aliases, e.tickers, e.lei, e.qid, e.public_figure,
    e.created_at, e.created_by, e.released_at, e.merged_into,
    l.stage, l.quantity, l.updated_at
FROM deal_listing l
JOIN deal d ON d.id = l.deal_id
JOIN entity e ON e.id = d.target_id
WHERE l.deal_id = $1

-- name: DealListings
SELECT d.id, d.kind, d.slug, d.title, d.target_id, d.parties, d.created_at, d.created_by, d.released_at,
    e.id, e.kind, e.slug, e.name, e.aliases, e.tickers, e.lei, e.qid, e.public_figure,
    e.created_at, e.created_by, e.released_at, e.merged_into,
    l.stage, l.quantity, l.updated_at
FROM deal_listing l
JOIN deal d ON d.id = l.deal_id
JOIN entity e ON e.id = d.target_id
WHERE (l.updated_at, l.deal_id) < ($1, $2)
ORDER BY l.updated_at DESC, l.deal_id DESC
LIMIT $3

-- name: DealListingsOfKind
SELECT d.id, d.kind, d.slug, d.title, d.target_id, d.parties, d.created_at, d.created_by, d.released_at,
    e.id, e.kind, e.slug, e.name, e.aliases, e.tickers, e.lei, e.qid, e.public_figure,
    e.created_at, e.created_by, e.released_at, e.merged_into,
    l.stage, l.quantity, l.updated_at
FROM deal_listing l
JOIN deal d ON d.id = l.deal_id
JOIN entity e ON e.id = d.target_id
WHERE l.kind = $1 AND (l.updated_at, l.deal_id) < ($2, $3)
ORDER BY l.updated_at DESC, l.deal_id DESC
LIMIT $4

-- name: DealListingsAtStage
SELECT d.id, d.kind, d.slug, d.title, d.target_id, d.parties, d.created_at, d.created_by, d.released_at,
    e.id, e.kind, e.slug, e.name, e.aliases, e.tickers, e.lei, e.qid, e.public_figure,
    e.created_at, e.created_by, e.released_at, e.merged_into,
    l.stage, l.quantity, l.updated_at
FROM deal_listing l
JOIN deal d ON d.id = l.deal_id
JOIN entity e ON e.id = d.target_id
WHERE l.stage = $1 AND (l.updated_at, l.deal_id) < ($2, $3)
ORDER BY l.updated_at DESC, l.deal_id DESC
LIMIT $4

-- name: DealListingsOfKindAtStage
SELECT d.id, d.kind, d.slug, d.title, d.target_id, d.parties, d.created_at, d.created_by, d.released_at,
    e.id, e.kind, e.slug, e.name, e.aliases, e.tickers, e.lei, e.qid, e.public_figure,
    e.created_at, e.created_by, e.released_at, e.merged_into,
    l.stage, l.quantity, l.updated_at
FROM deal_listing l
JOIN deal d ON d.id = l.deal_id
JOIN entity e ON e.id = d.target_id
WHERE l.kind = $1 AND l.stage = $2 AND (l.updated_at, l.deal_id) < ($3, $4)
ORDER BY l.updated_at DESC, l.deal_id DESC
LIMIT $5

-- name: DealListingsBySize
SELECT d.id, d.kind, d.slug, d.title, d.target_id, d.parties, d.created_at, d.created_by, d.released_at,
    e.id, e.kind, e.slug, e.name, e.aliases, e.tickers, e.lei, e.qid, e.public_figure,
    e.created_at, e.created_by, e.released_at, e.merged_into,
    l.stage, l.quantity, l.updated_at
FROM deal_listing l
JOIN deal d ON d.id = l.deal_id
JOIN entity e ON e.id = d.target_id
WHERE l.currency = $1 AND (l.size, l.deal_id) < ($2, $3)
ORDER BY l.size DESC, l.deal_id DESC
LIMIT $4

-- name: DealListingsOfKindBySize
SELECT d.id, d.kind, d.slug, d.title, d.target_id, d.parties, d.created_at, d.created_by, d.released_at,
    e.id, e.kind, e.slug, e.name, e.aliases, e.tickers, e.lei, e.qid, e.public_figure,
    e.created_at, e.created_by, e.released_at, e.merged_into,
    l.stage, l.quantity, l.updated_at
FROM deal_listing l
JOIN deal d ON d.id = l.deal_id
JOIN entity e ON e.id = d.target_id
WHERE l.kind = $1 AND l.currency = $2 AND (l.size, l.deal_id) < ($3, $4)
ORDER BY l.size DESC, l.deal_id DESC
LIMIT $5

-- name: DealListingsAtStageBySize
SELECT d.id, d.kind, d.slug, d.title, d.target_id, d.parties, d.created_at, d.created_by, d.released_at,
    e.id, e.kind, e.slug, e.name, e.aliases, e.tickers, e.lei, e.qid, e.public_figure,
    e.created_at, e.created_by, e.released_at, e.merged_into,
    l.stage, l.quantity, l.updated_at
FROM deal_listing l
JOIN deal d ON d.id = l.deal_id
JOIN entity e ON e.id = d.target_id
WHERE l.stage = $1 AND l.currency = $2 AND (l.size, l.deal_id) < ($3, $4)
ORDER BY l.size DESC, l.deal_id DESC
LIMIT $5

-- name: DealListingsOfKindAtStageBySize
SELECT d.id, d.kind, d.slug, d.title, d.target_id, d.parties, d.created_at, d.created_by, d.released_at,
    e.id, e.kind, e.slug, e.name, e.aliases, e.tickers, e.lei, e.qid, e.public_figure,
    e.created_at, e.created_by, e.released_at, e.merged_into,
    l.stage, l.quantity, l.updated_at
FROM deal_listing l
JOIN deal d ON d.id = l.deal_id
JOIN entity e ON e.id = d.target_id
WHERE l.kind = $1 AND l.stage = $2 AND l.currency = $3 AND (l.size, l.deal_id) < ($4, $5)
ORDER BY l.size DESC, l.deal_id DESC
LIMIT $6

-- name: PutDealListing
INSERT INTO deal_listing (deal_id, kind, stage, quantity, currency, size, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (deal_id) DO UPDATE SET
    kind = excluded.kind, stage = excluded.stage, quantity = excluded.quantity, currency = excluded.currency,
    size = excluded.size, updated_at = excluded.updated_at

-- name: DeleteDealListing
DELETE FROM deal_listing WHERE deal_id = $1
