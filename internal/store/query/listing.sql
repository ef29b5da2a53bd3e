-- name: Latest
SELECT l.story_id, l.state, l.path, l.headline, l.standfirst, l.bylines, s.name, s.slug, l.listed_at, l.updated_at,
    l.picture, p.file, p.renditions, p.focus_x, p.focus_y
FROM listing l
LEFT JOIN section s ON s.id = l.section_id
LEFT JOIN picture p ON p.id = l.picture_id
WHERE (l.listed_at, l.story_id) < ($1, $2)
ORDER BY l.listed_at DESC, l.story_id DESC
LIMIT $3

-- name: SectionCards
SELECT l.story_id, l.state, l.path, l.headline, l.standfirst, l.bylines, s.name, s.slug, l.listed_at, l.updated_at,
    l.picture, p.file, p.renditions, p.focus_x, p.focus_y
FROM listing l
LEFT JOIN section s ON s.id = l.section_id
LEFT JOIN picture p ON p.id = l.picture_id
WHERE l.section_id = $1 AND (l.listed_at, l.story_id) < ($2, $3)
ORDER BY l.listed_at DESC, l.story_id DESC
LIMIT $4

-- name: DayCards
SELECT l.story_id, l.state, l.path, l.headline, l.standfirst, l.bylines, s.name, s.slug, l.listed_at, l.updated_at,
    l.picture, p.file, p.renditions, p.focus_x, p.focus_y
FROM listing l
LEFT JOIN section s ON s.id = l.section_id
LEFT JOIN picture p ON p.id = l.picture_id
WHERE l.day = $1 AND (l.listed_at, l.story_id) < ($2, $3)
ORDER BY l.listed_at DESC, l.story_id DESC
LIMIT $4

-- name: TopicCards
SELECT l.story_id, l.state, l.path, l.headline, l.standfirst, l.bylines, s.name, s.slug, l.listed_at, l.updated_at,
    l.picture, p.file, p.renditions, p.focus_x, p.focus_y
FROM listing_topic lt
JOIN listing l ON l.story_id = lt.story_id
LEFT JOIN section s ON s.id = l.section_id
LEFT JOIN picture p ON p.id = l.picture_id
WHERE lt.topic_id = $1 AND (lt.listed_at, lt.story_id) < ($2, $3)
ORDER BY lt.listed_at DESC, lt.story_id DESC
LIMIT $4

-- name: AuthorCards
SELECT l.story_id, l.state, l.path, l.headline, l.standfirst, l.bylines, s.name, s.slug, l.listed_at, l.updated_at,
    l.picture, p.file, p.renditions, p.focus_x, p.focus_y
FROM listing_author la
JOIN listing l ON l.story_id = la.story_id
LEFT JOIN section s ON s.id = l.section_id
LEFT JOIN picture p ON p.id = l.picture_id
WHERE la.author_id = $1 AND (la.listed_at, la.story_id) < ($2, $3)
ORDER BY la.listed_at DESC, la.story_id DESC
LIMIT $4

-- name: CardsByID
SELECT l.story_id, l.state, l.path, l.headline, l.standfirst, l.bylines, s.name, s.slug, l.listed_at, l.updated_at,
    l.picture, p.file, p.renditions, p.focus_x, p.focus_y
FROM listing l
LEFT JOIN section s ON s.id = l.section_id
LEFT JOIN picture p ON p.id = l.picture_id
WHERE l.story_id IN numbers($1)
ORDER BY l.listed_at DESC, l.story_id DESC

-- name: ListedBetween
SELECT l.path, l.listed_at, l.updated_at
FROM listing l
WHERE l.listed_at >= $1 AND l.listed_at < $2 AND l.state = 'published'
ORDER BY l.listed_at DESC, l.story_id DESC
LIMIT $3

-- name: MonthChanged
SELECT coalesce(updated_at, listed_at)
FROM listing
WHERE substr(day, 1, 7) = $1 AND state = 'published'
ORDER BY coalesce(updated_at, listed_at) DESC
LIMIT 1

-- name: PutListing
INSERT INTO listing (story_id, state, path, day, section_id, headline, standfirst, bylines, picture_id, picture,
    listed_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
ON CONFLICT (story_id) DO UPDATE SET
    state = excluded.state, path = excluded.path, day = excluded.day, section_id = excluded.section_id,
    headline = excluded.headline, standfirst = excluded.standfirst, bylines = excluded.bylines,
    picture_id = excluded.picture_id, picture = excluded.picture, listed_at = excluded.listed_at,
    updated_at = excluded.updated_at

-- name: InsertListingTopic
INSERT INTO listing_topic (topic_id, listed_at, story_id, position)
VALUES ($1, $2, $3, $4)
ON CONFLICT DO NOTHING

-- name: InsertListingAuthor
INSERT INTO listing_author (author_id, listed_at, story_id, position)
VALUES ($1, $2, $3, $4)
ON CONFLICT DO NOTHING

-- name: DeleteListing
DELETE FROM listing WHERE story_id = $1

-- name: DeleteListingTopics
DELETE FROM listing_topic WHERE story_id = $1

-- name: DeleteListingAuthors
DELETE FROM listing_author WHERE story_id = $1
