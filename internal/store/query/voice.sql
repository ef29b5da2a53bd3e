-- name: Voice
SELECT id, story_id, comment_id, state, words, name, role, affiliation, disclosure, domain, employer, source, obtained_on,
    created_at, created_by, answered_at, placed_at, withdrawn_at, problem
FROM voice
WHERE id = $1

-- name: Voices
SELECT id, story_id, comment_id, state, words, name, role, affiliation, disclosure, domain, employer, source, obtained_on,
    created_at, created_by, answered_at, placed_at, withdrawn_at, problem
FROM voice
WHERE id < $1
ORDER BY id DESC
LIMIT $2

-- name: VoicesOfComment
SELECT id, story_id, comment_id, state, words, name, role, affiliation, disclosure, domain, employer, source, obtained_on,
    created_at, created_by, answered_at, placed_at, withdrawn_at, problem
FROM voice
WHERE comment_id = $1
ORDER BY id

-- name: VoicesOfStory
SELECT id, story_id, comment_id, state, words, name, role, affiliation, disclosure, domain, employer, source, obtained_on,
    created_at, created_by, answered_at, placed_at, withdrawn_at, problem
FROM voice
WHERE story_id = $1 AND id < $2
ORDER BY id DESC
LIMIT $3

-- name: PickedComments
SELECT comment_id FROM voice WHERE story_id = $1 AND placed_at IS NOT NULL AND comment_id IS NOT NULL ORDER BY id

-- name: InsertVoice
INSERT INTO voice (story_id, comment_id, state, words, name, role, affiliation, disclosure, domain, employer, source, obtained_on,
    created_at, created_by, answered_at, placed_at, withdrawn_at, problem)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
RETURNING id

-- name: UpdateVoice
UPDATE voice
SET state = $1, words = $2, name = $3, role = $4, affiliation = $5, disclosure = $6, domain = $7, employer = $8,
    answered_at = $9, placed_at = $10, withdrawn_at = $11, problem = $12
WHERE id = $13
