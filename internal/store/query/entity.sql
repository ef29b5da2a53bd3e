-- name: Entity
SELECT id, kind, slug, name, aliases, tickers, lei, qid, public_figure, created_at, created_by, released_at, merged_into
FROM entity
WHERE id = $1

-- name: EntityAt
SELECT id, kind, slug, name, aliases, tickers, lei, qid, public_figure, created_at, created_by, released_at, merged_into
FROM entity
WHERE kind = $1 AND slug = $2

-- name: EntityByTicker
SELECT e.id, e.kind, e.slug, e.name, e.aliases, e.tickers, e.lei, e.qid, e.public_figure,
    e.created_at, e.created_by, e.released_at, e.merged_into
FROM entity_ticker t
JOIN entity e ON e.id = t.entity_id
WHERE t.mic = $1 AND t.symbol = $2

-- name: EntitiesByKeys
SELECT id, kind, slug, name, aliases, tickers, lei, qid, public_figure, created_at, created_by, released_at, merged_into
FROM entity
WHERE id IN (SELECT entity_id FROM entity_alias WHERE name_key IN texts($1))
ORDER BY id

-- name: EntitiesByID
SELECT id, kind, slug, name, aliases, tickers, lei, qid, public_figure, created_at, created_by, released_at, merged_into
FROM entity
WHERE id IN numbers($1)
ORDER BY id

-- name: EntitiesNamed
SELECT id, kind, slug, name, aliases, tickers, lei, qid, public_figure, created_at, created_by, released_at, merged_into
FROM entity
WHERE id IN (
    SELECT id FROM entity WHERE kind IN ('company', 'organisation', 'person', 'place') AND slug IN texts($1)
    UNION
    SELECT entity_id FROM entity_ticker WHERE mic IN texts($2) AND symbol IN texts($3)
)
ORDER BY id

-- name: Entities
SELECT id, kind, slug, name, aliases, tickers, lei, qid, public_figure, created_at, created_by, released_at, merged_into
FROM entity
WHERE kind = $1 AND slug > $2 AND merged_into IS NULL
ORDER BY slug
LIMIT $3

-- What admits an entity here is what the index entity_with_page holds.

-- name: EntitiesWithPage
SELECT id, kind, slug, name, aliases, tickers, lei, qid, public_figure, created_at, created_by, released_at, merged_into
FROM entity
WHERE kind = $1 AND slug > $2 AND released_at IS NOT NULL AND merged_into IS NULL AND (kind <> 'person' OR public_figure = 1)
ORDER BY slug
LIMIT $3

-- name: InsertEntity
INSERT INTO entity (kind, slug, name, aliases, tickers, lei, qid, public_figure, created_at, created_by, released_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT DO NOTHING
RETURNING id

-- name: InsertEntityAlias
INSERT INTO entity_alias (name_key, entity_id)
VALUES ($1, $2)
ON CONFLICT DO NOTHING

-- name: UpdateEntityAliases
UPDATE entity SET aliases = $1 WHERE id = $2

-- name: InsertEntityTicker
INSERT INTO entity_ticker (mic, symbol, entity_id)
VALUES ($1, $2, $3)
ON CONFLICT DO NOTHING

-- name: UpdateEntityTickers
UPDATE entity SET tickers = $1 WHERE id = $2

-- name: SetPublicFigure
UPDATE entity SET public_figure = $1 WHERE id = $2

-- name: ReleaseEntities
UPDATE entity SET released_at = $1 WHERE id IN numbers($2) AND released_at IS NULL
RETURNING id
