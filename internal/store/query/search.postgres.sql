-- A plan that is made without the words cannot know which of them are common, and one that
-- reads the whole table does not know what it costs to unpack each vector.
-- name: SearchPlan
SELECT set_config('plan_cache_mode', 'force_custom_plan', true), set_config('enable_seqscan', 'off', true)

-- What is common is found among the newest.
-- name: SearchNewestKeys
SELECT doc_key
FROM (SELECT doc_key, words FROM search_index WHERE doc_key < $1 AND doc_key >= $2 ORDER BY doc_key DESC LIMIT $3) AS newest
WHERE words @@ $4::text::tsquery
ORDER BY doc_key DESC
LIMIT $5

-- All that is found, from the index of words; whatever order is asked for, the table is not
-- walked in it.
-- name: SearchKeys
WITH found AS MATERIALIZED (SELECT doc_key FROM search_index WHERE words @@ $1::text::tsquery)
SELECT doc_key FROM found
WHERE doc_key < $2 AND doc_key >= $3
ORDER BY doc_key DESC
LIMIT $4

-- name: InsertSearchWords
INSERT INTO search_index (doc_key, words) VALUES ($1, $2::text::tsvector)

-- name: DeleteSearchWords
DELETE FROM search_index WHERE doc_key = $1
