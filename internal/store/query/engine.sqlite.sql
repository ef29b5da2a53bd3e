-- name: IntegrityCheck
PRAGMA integrity_check(20)

-- name: ForeignKeyCheck
SELECT "table", rowid, parent FROM pragma_foreign_key_check LIMIT 20

-- name: DataVersion
PRAGMA data_version

-- name: SnapshotTo
VACUUM INTO $1
