-- name: RecordHead
SELECT size, edge, backfilled FROM record_head WHERE id = 1

-- name: InsertRecordHead
INSERT INTO record_head (id, size, edge, backfilled) VALUES (1, 0, '', $1) ON CONFLICT DO NOTHING

-- name: MoveRecordHead
UPDATE record_head SET size = $1, edge = $2 WHERE id = 1 AND size = $3

-- name: SetRecordBackfilled
UPDATE record_head SET backfilled = 1 WHERE id = 1

-- name: InsertRecordEntry
INSERT INTO record_entry (position, subject, kind, number, body, hashes, parts) VALUES ($1, $2, $3, $4, $5, $6, $7)

-- name: LastRecordEntry
SELECT position FROM record_entry WHERE subject = $1 ORDER BY position DESC LIMIT 1

-- name: LastRecordEntryBut
SELECT position FROM record_entry WHERE subject = $1 AND kind <> $2 ORDER BY position DESC LIMIT 1

-- name: RecordEntry
SELECT position, subject, kind, number, body, hashes, parts FROM record_entry WHERE position = $1

-- name: RecordEntriesFrom
SELECT position, subject, kind, number, body, hashes, parts FROM record_entry
WHERE position >= $1
ORDER BY position
LIMIT $2

-- name: RecordEntriesBefore
SELECT position, subject, kind, number, body, hashes, parts FROM record_entry
WHERE position < $1
ORDER BY position DESC
LIMIT $2

-- name: RecordEntriesAbout
SELECT position, subject, kind, number, body, hashes, parts FROM record_entry
WHERE subject = $1 AND position > $2
ORDER BY position
LIMIT $3

-- name: RecordEntryOf
SELECT position, subject, kind, number, body, hashes, parts FROM record_entry
WHERE subject = $1 AND kind = $2 AND number = $3
ORDER BY position
LIMIT 1

-- name: RecordEntriesOf
SELECT position, subject, kind, number, body, hashes, parts FROM record_entry
WHERE subject IN texts($1) AND kind = $2
ORDER BY position

-- name: RecordHashes
SELECT position, hashes FROM record_entry WHERE position IN numbers($1)

-- name: RecordBodies
SELECT position, body FROM record_entry WHERE position >= $1 AND position < $2 ORDER BY position

-- name: SetRecordParts
UPDATE record_entry SET parts = $1 WHERE position = $2

-- name: RecordEpochs
SELECT number, origin, began_at, old_origin, old_size, old_root FROM record_epoch ORDER BY number

-- name: InsertRecordEpoch
INSERT INTO record_epoch (number, origin, began_at, old_origin, old_size, old_root)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT DO NOTHING

-- name: RecordKeys
SELECT number, public, added_at FROM record_key ORDER BY number

-- name: InsertRecordKey
INSERT INTO record_key (number, public, added_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING

-- name: LastRecordCheckpoint
SELECT epoch, size, note, signed_at FROM record_checkpoint ORDER BY epoch DESC, size DESC LIMIT 1

-- name: RecordCheckpoints
SELECT epoch, size, note, signed_at FROM record_checkpoint
WHERE (epoch, size) > ($1, $2)
ORDER BY epoch, size
LIMIT $3

-- name: InsertRecordCheckpoint
INSERT INTO record_checkpoint (epoch, size, note, signed_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING

-- name: InsertRecordLease
INSERT INTO record_lease (id, holder, until) VALUES (1, '', 0) ON CONFLICT DO NOTHING

-- name: TakeRecordLease
UPDATE record_lease SET holder = $1, until = $2 WHERE id = 1 AND (holder = $1 OR until < $3)

-- name: DropRecordLease
UPDATE record_lease SET until = 0 WHERE id = 1 AND holder = $1

-- Published revisions and what else belongs on the record, without an entry.

-- name: UnrecordedRevisions
SELECT r.id FROM revision r
WHERE r.number IS NOT NULL AND r.id > $1
    AND NOT EXISTS (
        SELECT 1 FROM record_entry e
        WHERE e.subject = 'story:' || CAST(r.story_id AS TEXT) AND e.kind = 'revision' AND e.number = r.number)
ORDER BY r.id
LIMIT $2

-- name: UnrecordedVersions
SELECT v.id FROM claim_version v
WHERE v.released_at IS NOT NULL AND v.id > $1
    AND NOT EXISTS (
        SELECT 1 FROM record_entry e
        WHERE e.subject = 'claim:' || CAST(v.claim_id AS TEXT) AND e.kind = 'claim' AND e.number = v.number)
ORDER BY v.id
LIMIT $2

-- name: UnrecordedNotices
SELECT n.id FROM notice n
WHERE n.id > $1
    AND NOT EXISTS (SELECT 1 FROM record_entry e WHERE e.subject = 'notice:' || CAST(n.id AS TEXT) AND e.kind = 'notice')
ORDER BY n.id
LIMIT $2

-- name: UnrecordedWithdrawals
SELECT s.id FROM story s
WHERE (s.state = 'unpublished' OR s.state = 'retracted') AND s.id > $1
    AND NOT EXISTS (
        SELECT 1 FROM record_entry e
        WHERE e.subject = 'story:' || CAST(s.id AS TEXT) AND (e.kind = 'unpublished' OR e.kind = 'retracted'))
ORDER BY s.id
LIMIT $2
