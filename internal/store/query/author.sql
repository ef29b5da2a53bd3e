-- name: Author
SELECT id, slug, name, role, bio, disclosure, picture_id, created_at FROM author WHERE id = $1

-- name: AuthorBySlug
SELECT id, slug, name, role, bio, disclosure, picture_id, created_at FROM author WHERE slug = $1

-- name: AuthorByName
SELECT id, slug, name, role, bio, disclosure, picture_id, created_at FROM author WHERE name_key = $1

-- name: StoryAuthors
SELECT a.id, a.slug, a.name, a.role, a.bio, a.disclosure, a.picture_id, a.created_at
FROM listing_author la
JOIN author a ON a.id = la.author_id
WHERE la.story_id = $1
ORDER BY la.position

-- name: InsertAuthor
INSERT INTO author (slug, name, name_key, role, bio, disclosure, picture_id, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT DO NOTHING
RETURNING id

-- name: AuthorTaken
SELECT id FROM author WHERE id <> $1 AND (slug = $2 OR name_key = $3) LIMIT 1

-- name: UpdateAuthor
UPDATE author SET slug = $1, name = $2, name_key = $3, role = $4, bio = $5, disclosure = $6, picture_id = $7 WHERE id = $8

-- name: Authors
SELECT id, slug, name, role, bio, disclosure, picture_id, created_at FROM author WHERE name_key > $1 ORDER BY name_key LIMIT $2

-- name: AuthorsOfPicture
SELECT id, slug, name, role, bio, disclosure, picture_id, created_at FROM author WHERE picture_id = $1 ORDER BY id LIMIT $2
