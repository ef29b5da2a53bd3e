-- name: SourceApprovals
SELECT version_id, story_id, approved_by, approved_name, approved_at
FROM source_approval
WHERE version_id IN numbers($1)
ORDER BY version_id

-- name: InsertSourceApproval
INSERT INTO source_approval (version_id, story_id, approved_by, approved_name, approved_at)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (version_id) DO NOTHING
