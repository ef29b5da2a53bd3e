-- name: Sections
SELECT id, slug, name, position FROM section ORDER BY position, id

-- name: Section
SELECT id, slug, name, position FROM section WHERE id = $1

-- name: SectionBySlug
SELECT id, slug, name, position FROM section WHERE slug = $1

-- name: SectionByName
SELECT id, slug, name, position FROM section WHERE name_key = $1
UNION ALL
SELECT s.id, s.slug, s.name, s.position FROM former_section f JOIN section s ON s.id = f.section_id WHERE f.name_key = $1
LIMIT 1

-- name: MoveSection
UPDATE section SET position = $1 WHERE id = $2

-- name: InsertSection
INSERT INTO section (slug, name, name_key, position)
VALUES ($1, $2, $3, $4)
ON CONFLICT DO NOTHING
RETURNING id

-- name: SectionTaken
SELECT id FROM section WHERE id <> $1 AND (slug = $2 OR name_key = $3) LIMIT 1

-- name: UpdateSection
UPDATE section SET slug = $1, name = $2, name_key = $3 WHERE id = $4

-- name: SectionKeys
SELECT name_key FROM section WHERE id = $1
UNION
SELECT name_key FROM former_section WHERE section_id = $2

-- name: StoryInSection
SELECT id FROM story WHERE section_id = $1 LIMIT 1

-- name: DraftInSection
SELECT id FROM story WHERE kind = $1 AND section_key = $2 LIMIT 1

-- What is scheduled and what is prepared, of which there is little.
-- name: ContentsThatWait
SELECT r.rest FROM schedule s JOIN revision r ON r.id = s.revision_id
UNION ALL
SELECT r.rest FROM pending p JOIN revision r ON r.id = p.revision_id

-- name: DeleteSection
DELETE FROM section WHERE id = $1

-- name: DeleteMenuItemsOfSection
DELETE FROM menu_item WHERE section_id = $1

-- name: DeleteDiscussion
DELETE FROM discussion WHERE scope = $1
