-- name: SearchKeys
SELECT doc_key FROM search_index
WHERE words @@ $1::text::tsquery AND doc_key < $2 AND doc_key >= $3
ORDER BY doc_key DESC
LIMIT $4

-- A plan that is made without the words cannot know which of them are common.
-- name: SearchPlan
SELECT set_config('plan_cache_mode', 'force_custom_plan', true)

-- name: InsertSearchWords
INSERT INTO search_index (doc_key, words) VALUES ($1, $2::text::tsvector)

-- name: DeleteSearchWords
DELETE FROM search_index WHERE doc_key = $1
