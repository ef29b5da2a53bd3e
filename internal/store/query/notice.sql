-- name: Notice
SELECT id, class, text, at, claim_id, version_id, erased
FROM notice
WHERE id = $1

-- name: Notices
SELECT id, class, text, at, claim_id, version_id, erased
FROM notice
WHERE (at, id) < ($1, $2)
ORDER BY at DESC, id DESC
LIMIT $3

-- name: NoticesOfClass
SELECT id, class, text, at, claim_id, version_id, erased
FROM notice
WHERE class = $1 AND (at, id) < ($2, $3)
ORDER BY at DESC, id DESC
LIMIT $4

-- name: NoticesOfClaim
SELECT id, class, text, at, claim_id, version_id, erased
FROM notice
WHERE claim_id = $1
ORDER BY at DESC, id DESC

-- name: NoticesOf
SELECT id, class, text, at, claim_id, version_id, erased
FROM notice
WHERE subject = $1 AND (at, id) < ($2, $3)
ORDER BY at DESC, id DESC
LIMIT $4

-- name: NoticesOfStory
SELECT n.id, n.class, n.text, n.at, n.claim_id, n.version_id, n.erased
FROM notice_story ns
JOIN notice n ON n.id = ns.notice_id
WHERE ns.story_id = $1
ORDER BY n.at DESC, n.id DESC

-- name: NoticeStories
SELECT notice_id, story_id FROM notice_story WHERE notice_id IN numbers($1) ORDER BY notice_id, story_id

-- name: InsertNotice
INSERT INTO notice (class, text, at, claim_id, version_id, subject, erased)
VALUES ($1, $2, $3, $4, $5, (SELECT subject FROM claim WHERE id = $4), 0)
RETURNING id

-- name: InsertNoticeStory
INSERT INTO notice_story (notice_id, story_id)
VALUES ($1, $2)
ON CONFLICT DO NOTHING

-- name: EraseNotice
UPDATE notice SET text = '', erased = 1 WHERE id = $1
