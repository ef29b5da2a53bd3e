-- name: Topic
SELECT id, slug, name FROM topic WHERE id = $1

-- name: TopicBySlug
SELECT id, slug, name FROM topic WHERE slug = $1

-- name: TopicByName
SELECT id, slug, name FROM topic WHERE name_key = $1
UNION ALL
SELECT t.id, t.slug, t.name FROM former_topic f JOIN topic t ON t.id = f.topic_id WHERE f.name_key = $1
LIMIT 1

-- name: StoryTopics
SELECT t.id, t.slug, t.name
FROM listing_topic lt
JOIN topic t ON t.id = lt.topic_id
WHERE lt.story_id = $1
ORDER BY lt.position

-- name: InsertTopic
INSERT INTO topic (slug, name, name_key)
VALUES ($1, $2, $3)
ON CONFLICT DO NOTHING
RETURNING id

-- name: Topics
SELECT id, slug, name FROM topic WHERE name_key > $1 ORDER BY name_key LIMIT $2

-- name: TopicTaken
SELECT id FROM topic WHERE id <> $1 AND (slug = $2 OR name_key = $3) LIMIT 1

-- name: UpdateTopic
UPDATE topic SET slug = $1, name = $2, name_key = $3 WHERE id = $4

-- name: MergeListingTopics
INSERT INTO listing_topic (topic_id, listed_at, story_id, position)
SELECT CAST($1 AS BIGINT), listed_at, story_id, position FROM listing_topic WHERE topic_id = $2
ON CONFLICT DO NOTHING

-- name: DeleteListingTopicsOf
DELETE FROM listing_topic WHERE topic_id = $1

-- name: DeleteTopic
DELETE FROM topic WHERE id = $1
