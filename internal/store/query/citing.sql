-- name: CitingStories
SELECT l.story_id, l.state, l.path, l.headline, l.standfirst, l.bylines, s.name, s.slug, l.listed_at, l.updated_at,
    l.picture, p.file, p.renditions, p.focus_x, p.focus_y
FROM citing c
JOIN listing l ON l.story_id = c.story_id
LEFT JOIN section s ON s.id = l.section_id
LEFT JOIN picture p ON p.id = l.picture_id
WHERE c.claim_id = $1 AND (c.listed_at, c.story_id) < ($2, $3)
ORDER BY c.listed_at DESC, c.story_id DESC
LIMIT $4

-- name: CitingStoriesOf
SELECT l.story_id, l.state, l.path, l.headline, l.standfirst, l.bylines, s.name, s.slug, l.listed_at, l.updated_at,
    l.picture, p.file, p.renditions, p.focus_x, p.focus_y
FROM citing_subject c
JOIN listing l ON l.story_id = c.story_id
LEFT JOIN section s ON s.id = l.section_id
LEFT JOIN picture p ON p.id = l.picture_id
WHERE c.subject = $1 AND (c.listed_at, c.story_id) < ($2, $3)
ORDER BY c.listed_at DESC, c.story_id DESC
LIMIT $4

-- name: StoriesCiting
SELECT DISTINCT story_id FROM citing WHERE claim_id IN numbers($1) ORDER BY story_id

-- What names an entity, bit by bit: claims about it or of it as a party, and the stories that
-- cite one of them.

-- name: ClaimsNaming
SELECT id FROM (
    SELECT id FROM claim WHERE subject = $1 AND id > $2
    UNION
    SELECT id FROM claim WHERE party_id = $3 AND id > $2
) named
ORDER BY id
LIMIT $4

-- name: StoriesNaming
SELECT DISTINCT story_id
FROM citing
WHERE claim_id IN (SELECT id FROM claim WHERE subject = $1 UNION SELECT id FROM claim WHERE party_id = $2) AND story_id > $3
ORDER BY story_id
LIMIT $4

-- name: StoriesCitingVersion
SELECT DISTINCT c.story_id
FROM citing c
JOIN story s ON s.id = c.story_id
JOIN citation x ON x.revision_id = s.current_revision_id
WHERE c.claim_id = $1 AND x.version_id = $2
ORDER BY c.story_id

-- name: InsertCiting
INSERT INTO citing (claim_id, listed_at, story_id)
VALUES ($1, $2, $3)
ON CONFLICT DO NOTHING

-- name: InsertCitingSubject
INSERT INTO citing_subject (subject, listed_at, story_id)
VALUES ($1, $2, $3)
ON CONFLICT DO NOTHING

-- name: DeleteCiting
DELETE FROM citing WHERE story_id = $1

-- name: DeleteCitingSubjects
DELETE FROM citing_subject WHERE story_id = $1
