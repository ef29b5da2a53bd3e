-- name: SubjectOf
SELECT subject FROM staff_identity WHERE staff_id = $1 AND issuer = $2

-- name: StaffBySubject
SELECT staff_id FROM staff_identity WHERE issuer = $1 AND subject = $2

-- name: PutIdentity
INSERT INTO staff_identity (issuer, subject, staff_id, since)
VALUES ($1, $2, $3, $4)
ON CONFLICT DO NOTHING

-- name: DeleteIdentities
DELETE FROM staff_identity WHERE staff_id = $1
