-- name: Audits
SELECT id, at, actor_kind, actor_id, actor_name, actor_role, action, object, detail
FROM audit
WHERE object = $1
ORDER BY id DESC
LIMIT $2

-- name: AuditLog
SELECT id, at, actor_kind, actor_id, actor_name, actor_role, action, object, detail
FROM audit
WHERE id < $1
ORDER BY id DESC
LIMIT $2

-- name: AuditLogOf
SELECT id, at, actor_kind, actor_id, actor_name, actor_role, action, object, detail
FROM audit
WHERE object = $1 AND id < $2
ORDER BY id DESC
LIMIT $3

-- name: InsertAudit
INSERT INTO audit (at, actor_kind, actor_id, actor_name, actor_role, action, object, detail)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)

-- name: EraseAuditDetails
UPDATE audit SET detail = '' WHERE object = $1
