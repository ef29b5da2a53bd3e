-- name: FormerSection
SELECT s.id, s.slug, s.name, s.position
FROM former_section f
JOIN section s ON s.id = f.section_id
WHERE f.name_key = $1

-- name: FormerTopics
SELECT f.name_key, t.name
FROM former_topic f
JOIN topic t ON t.id = f.topic_id
WHERE f.name_key IN texts($1)

-- name: PutFormerSection
INSERT INTO former_section (name_key, section_id) VALUES ($1, $2)
ON CONFLICT (name_key) DO UPDATE SET section_id = excluded.section_id

-- name: PutFormerTopic
INSERT INTO former_topic (name_key, topic_id) VALUES ($1, $2)
ON CONFLICT (name_key) DO UPDATE SET topic_id = excluded.topic_id

-- name: DeleteFormerSection
DELETE FROM former_section WHERE name_key = $1

-- name: DeleteFormerTopic
DELETE FROM former_topic WHERE name_key = $1

-- name: DeleteFormerNamesOfSection
DELETE FROM former_section WHERE section_id = $1

-- name: MoveFormerTopics
UPDATE former_topic SET topic_id = $1 WHERE topic_id = $2
