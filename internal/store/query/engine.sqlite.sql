-- name: IntegrityCheck
PRAGMA integrity_check(20)

-- name: ForeignKeyCheck
SELECT "table", rowid, parent FROM pragma_foreign_key_check LIMIT 20

-- name: DataVersion
PRAGMA data_version

-- name: SnapshotTo
VACUUM INTO $1

-- name: TouchedAmong
SELECT id, origin, tags, jobs FROM touched WHERE id IN (SELECT value FROM json_each('[' || $1 || ']')) ORDER BY id
