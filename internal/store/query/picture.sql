-- name: Picture
SELECT id, digest, format, file, renditions, name, alt, caption, credit, licence, focus_x, focus_y, created_at, created_by
FROM picture WHERE id = $1

-- name: PictureByDigest
SELECT id, digest, format, file, renditions, name, alt, caption, credit, licence, focus_x, focus_y, created_at, created_by
FROM picture WHERE digest = $1

-- name: Pictures
SELECT id, digest, format, file, renditions, name, alt, caption, credit, licence, focus_x, focus_y, created_at, created_by
FROM picture
WHERE id > $1
ORDER BY id
LIMIT $2

-- name: PicturesByID
SELECT id, digest, format, file, renditions, name, alt, caption, credit, licence, focus_x, focus_y, created_at, created_by
FROM picture
WHERE id IN numbers($1)
ORDER BY id

-- name: NewestPictures
SELECT id, digest, format, file, renditions, name, alt, caption, credit, licence, focus_x, focus_y, created_at, created_by
FROM picture
WHERE id < $1
ORDER BY id DESC
LIMIT $2

-- name: PicturesBy
SELECT id, digest, format, file, renditions, name, alt, caption, credit, licence, focus_x, focus_y, created_at, created_by
FROM picture
WHERE created_by = $1 AND id < $2
ORDER BY id DESC
LIMIT $3

-- name: InsertPicture
INSERT INTO picture (digest, format, file, renditions, name, alt, caption, credit, licence, focus_x, focus_y,
    created_at, created_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
ON CONFLICT DO NOTHING
RETURNING id

-- name: InsertRenditions
UPDATE picture SET renditions = $1 WHERE id = $2

-- name: DescribePicture
UPDATE picture SET alt = $1, caption = $2, credit = $3, licence = $4, focus_x = $5, focus_y = $6 WHERE id = $7

-- name: InsertPictureGone
INSERT INTO picture_gone (picture_id, gone_at)
SELECT id, CAST($1 AS BIGINT) FROM picture WHERE id = $2

-- name: DeletePicture
DELETE FROM picture WHERE id = $1

-- name: PictureUses
SELECT story_id, min(revision_id), max(revision_id)
FROM picture_use
WHERE picture_id = $1 AND story_id < $2
GROUP BY story_id
ORDER BY story_id DESC
LIMIT $3

-- name: InsertPictureUses
INSERT INTO picture_use (story_id, revision_id, picture_id)
SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT), id FROM picture WHERE id IN numbers($3)

-- name: DeletePictureUses
DELETE FROM picture_use WHERE story_id = $1 AND revision_id = $2
