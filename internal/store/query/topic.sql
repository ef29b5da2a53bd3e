-- name: Topic
SELECT id, slug, name FROM topic WHERE id = $1

-- name: TopicBySlug
SELECT id, slug, name FROM topic WHERE slug = $1

-- name: TopicByName
SELECT id, slug, name FROM topic WHERE name_key = $1

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
