-- name: ReaderBySession
SELECT r.id, r.email, r.name, r.created_at, r.seen_at, r.confirmed_at, r.approved, r.rejected, s.seen_at, s.expires_at
FROM reader_session s JOIN reader r ON r.id = s.reader_id
WHERE s.token = $1

-- name: InsertReaderSession
INSERT INTO reader_session (token, reader_id, created_at, seen_at, expires_at) VALUES ($1, $2, $3, $3, $4)

-- name: SeeReaderSession
UPDATE reader_session SET seen_at = $1, expires_at = $2 WHERE token = $3

-- name: SeeReader
UPDATE reader SET seen_at = $1 WHERE id = $2

-- name: DeleteReaderSession
DELETE FROM reader_session WHERE token = $1

-- name: DeleteReaderSessions
DELETE FROM reader_session WHERE reader_id = $1 AND token <> $2

-- name: DeleteExpiredReaderSessions
DELETE FROM reader_session WHERE expires_at <= $1

-- name: DeleteAllReaderSessions
DELETE FROM reader_session

-- name: ReaderLink
SELECT email, name, next FROM reader_link WHERE token = $1 AND expires_at > $2

-- name: InsertReaderLink
INSERT INTO reader_link (token, email, name, next, expires_at) VALUES ($1, $2, $3, $4, $5)

-- name: DeleteReaderLinks
DELETE FROM reader_link WHERE email = $1

-- name: DeleteExpiredReaderLinks
DELETE FROM reader_link WHERE expires_at <= $1

-- name: DeleteAllReaderLinks
DELETE FROM reader_link
