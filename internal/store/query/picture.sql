-- name: Picture
SELECT id, digest, format, file, renditions, created_at FROM picture WHERE id = $1

-- name: PictureByDigest
SELECT id, digest, format, file, renditions, created_at FROM picture WHERE digest = $1

-- name: Pictures
SELECT id, digest, format, file, renditions, created_at FROM picture
WHERE id > $1
ORDER BY id
LIMIT $2

-- name: NewestPictures
SELECT id, digest, format, file, renditions, created_at FROM picture
ORDER BY id DESC
LIMIT $1

-- name: InsertPicture
INSERT INTO picture (digest, format, file, renditions, created_at)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT DO NOTHING
RETURNING id

-- name: InsertRenditions
UPDATE picture SET renditions = $1 WHERE id = $2
