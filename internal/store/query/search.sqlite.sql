-- name: SearchKeys
SELECT rowid FROM search_index
WHERE search_index MATCH $1 AND rowid < $2 AND rowid >= $3
ORDER BY rowid DESC
LIMIT $4

-- name: InsertSearchWords
INSERT INTO search_index (rowid, title, text, marks) VALUES ($1, $2, $3, $4)

-- name: DeleteSearchWords
DELETE FROM search_index WHERE rowid = $1
