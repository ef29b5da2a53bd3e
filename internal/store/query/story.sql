-- name: Story
SELECT id, kind, state, access, section_id, slug, slug_chosen, day, first_published_at, updated_at,
    current_revision_id, published_number, headline, retraction_note, foreign_id, feed_guid, original_date,
    created_at, created_by
FROM story
WHERE id = $1

-- name: StoriesByID
SELECT id, kind, state, access, section_id, slug, slug_chosen, day, first_published_at, updated_at,
    current_revision_id, published_number, headline, retraction_note, foreign_id, feed_guid, original_date,
    created_at, created_by
FROM story
WHERE id IN numbers($1)
ORDER BY id

-- name: StoryAt
SELECT id, kind, state, access, section_id, slug, slug_chosen, day, first_published_at, updated_at,
    current_revision_id, published_number, headline, retraction_note, foreign_id, feed_guid, original_date,
    created_at, created_by
FROM story
WHERE day = $1 AND slug = $2

-- name: PageAt
SELECT id, kind, state, access, section_id, slug, slug_chosen, day, first_published_at, updated_at,
    current_revision_id, published_number, headline, retraction_note, foreign_id, feed_guid, original_date,
    created_at, created_by
FROM story
WHERE slug = $1 AND kind = 'page'

-- name: Pages
SELECT id, kind, state, access, section_id, slug, slug_chosen, day, first_published_at, updated_at,
    current_revision_id, published_number, headline, retraction_note, foreign_id, feed_guid, original_date,
    created_at, created_by
FROM story
WHERE kind = 'page' AND state = 'published'
ORDER BY id

-- name: Stories
SELECT id, kind, state, access, section_id, slug, slug_chosen, day, first_published_at, updated_at,
    current_revision_id, published_number, headline, retraction_note, foreign_id, feed_guid, original_date,
    created_at, created_by
FROM story
WHERE id < $1
ORDER BY id DESC
LIMIT $2

-- name: StoriesByState
SELECT id, kind, state, access, section_id, slug, slug_chosen, day, first_published_at, updated_at,
    current_revision_id, published_number, headline, retraction_note, foreign_id, feed_guid, original_date,
    created_at, created_by
FROM story
WHERE state = $1 AND id < $2
ORDER BY id DESC
LIMIT $3

-- name: StoriesByKind
SELECT id, kind, state, access, section_id, slug, slug_chosen, day, first_published_at, updated_at,
    current_revision_id, published_number, headline, retraction_note, foreign_id, feed_guid, original_date,
    created_at, created_by
FROM story
WHERE kind = $1 AND id < $2
ORDER BY id DESC
LIMIT $3

-- name: StoriesByKindAndState
SELECT id, kind, state, access, section_id, slug, slug_chosen, day, first_published_at, updated_at,
    current_revision_id, published_number, headline, retraction_note, foreign_id, feed_guid, original_date,
    created_at, created_by
FROM story
WHERE kind = $1 AND state = $2 AND id < $3
ORDER BY id DESC
LIMIT $4

-- name: StoriesBySection
SELECT id, kind, state, access, section_id, slug, slug_chosen, day, first_published_at, updated_at,
    current_revision_id, published_number, headline, retraction_note, foreign_id, feed_guid, original_date,
    created_at, created_by
FROM story
WHERE kind = $1 AND section_key = $2 AND id < $3
ORDER BY id DESC
LIMIT $4

-- name: StoriesByWriter
SELECT id, kind, state, access, section_id, slug, slug_chosen, day, first_published_at, updated_at,
    current_revision_id, published_number, headline, retraction_note, foreign_id, feed_guid, original_date,
    created_at, created_by
FROM story
WHERE kind = $1 AND created_by = $2 AND id < $3
ORDER BY id DESC
LIMIT $4

-- name: CountStories
SELECT COUNT(id) FROM (SELECT id FROM story WHERE kind = $1 AND state = $2 LIMIT $3) AS counted

-- name: InsertStory
INSERT INTO story (kind, state, access, section_id, slug, slug_chosen, day, first_published_at, updated_at,
    current_revision_id, published_number, headline, retraction_note, foreign_id, feed_guid, original_date,
    created_at, created_by, section_key)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
ON CONFLICT DO NOTHING
RETURNING id

-- name: UpdateStory
UPDATE story SET
    kind = $1, state = $2, access = $3, section_id = $4, slug = $5, slug_chosen = $6, day = $7,
    first_published_at = $8, updated_at = $9, current_revision_id = $10, published_number = $11,
    headline = $12, retraction_note = $13, foreign_id = $14, feed_guid = $15, original_date = $16
WHERE id = $17

-- name: UpdateStoryHeadline
UPDATE story SET headline = $1, section_key = $2 WHERE id = $3
