-- A row's number is the highest that there is and one more, which would give the number of a
-- picture that was deleted to the next.

-- name: InsertPicture
INSERT INTO picture (id, digest, format, file, renditions, name, alt, caption, credit, licence, focus_x, focus_y,
    created_at, created_by)
VALUES (1 + max(COALESCE((SELECT max(id) FROM picture), 0), COALESCE((SELECT max(picture_id) FROM picture_gone), 0)),
    $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
ON CONFLICT DO NOTHING
RETURNING id
