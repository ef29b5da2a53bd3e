-- name: SearchDoc
SELECT doc_key, kind, thing, story_id, path, title, summary, at, retracted, digest
FROM search_doc
WHERE kind = $1 AND thing = $2

-- name: SearchDocs
SELECT doc_key, kind, thing, story_id, path, title, summary, at, retracted, digest
FROM search_doc
WHERE doc_key IN numbers($1)
ORDER BY doc_key DESC

-- name: SearchDocsOfStory
SELECT doc_key, kind, thing, story_id, path, title, summary, at, retracted, digest
FROM search_doc
WHERE story_id = $1 AND kind = $2
ORDER BY doc_key
LIMIT $3

-- name: InsertSearchDoc
INSERT INTO search_doc (doc_key, kind, thing, story_id, path, title, summary, at, retracted, digest)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)

-- name: DeleteSearchDoc
DELETE FROM search_doc WHERE doc_key = $1

-- name: SearchKeyTaken
SELECT doc_key FROM search_doc WHERE doc_key = $1

-- name: LastSearchKey
SELECT doc_key FROM search_doc WHERE doc_key >= $1 AND doc_key < $2 ORDER BY doc_key DESC LIMIT 1

-- name: SearchNamesOf
SELECT word, kind, thing, name, path FROM search_name WHERE kind = $1 AND thing = $2 ORDER BY word

-- name: SearchNames
SELECT word, kind, thing, name, path FROM search_name WHERE word >= $1 AND word < $2 ORDER BY word, kind, thing LIMIT $3

-- name: InsertSearchName
INSERT INTO search_name (word, kind, thing, name, path) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING

-- name: DeleteSearchNames
DELETE FROM search_name WHERE kind = $1 AND thing = $2

-- name: SearchNear
SELECT DISTINCT v.word
FROM search_near v
JOIN search_name n ON n.word = v.word
WHERE v.variant IN texts($1)
LIMIT $2

-- name: InsertSearchNear
INSERT INTO search_near (variant, word) VALUES ($1, $2) ON CONFLICT DO NOTHING

-- name: DeleteSearchNear
DELETE FROM search_near
WHERE word = $1 AND NOT EXISTS (SELECT 1 FROM search_name n WHERE n.word = search_near.word)

-- name: SearchAnalysis
SELECT analysis FROM search_state WHERE id = 1

-- name: PutSearchAnalysis
INSERT INTO search_state (id, analysis) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET analysis = excluded.analysis

-- name: StoriesToIndex
SELECT id FROM story WHERE id > $1 ORDER BY id LIMIT $2

-- name: DealsToIndex
SELECT id FROM deal WHERE id > $1 ORDER BY id LIMIT $2

-- name: EntitiesToIndex
SELECT id FROM entity WHERE id > $1 ORDER BY id LIMIT $2

-- name: ClaimsToIndex
SELECT id FROM claim WHERE id > $1 ORDER BY id LIMIT $2

-- name: CommentsToIndex
SELECT id FROM comment WHERE id > $1 ORDER BY id LIMIT $2

-- name: CommentsNotIndexed
SELECT id FROM comment
WHERE id > $1 AND shown <> 0 AND NOT EXISTS (SELECT 1 FROM search_doc WHERE kind = $2 AND thing = comment.id)
ORDER BY id
LIMIT $3

-- name: SectionsToIndex
SELECT id FROM section WHERE id > $1 ORDER BY id LIMIT $2

-- name: AuthorsToIndex
SELECT id FROM author WHERE id > $1 ORDER BY id LIMIT $2
