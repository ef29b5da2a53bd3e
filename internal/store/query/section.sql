-- name: Sections
SELECT id, slug, name, position FROM section ORDER BY position, id

-- name: Section
SELECT id, slug, name, position FROM section WHERE id = $1

-- name: SectionBySlug
SELECT id, slug, name, position FROM section WHERE slug = $1

-- name: SectionByName
SELECT id, slug, name, position FROM section WHERE name_key = $1

-- name: MoveSection
UPDATE section SET position = $1 WHERE id = $2

-- name: InsertSection
INSERT INTO section (slug, name, name_key, position)
VALUES ($1, $2, $3, $4)
ON CONFLICT DO NOTHING
RETURNING id
