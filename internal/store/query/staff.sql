-- name: Staff
SELECT id, email, name, role, CASE WHEN password = '' THEN 0 ELSE 1 END, created_at, revoked_at
FROM staff
WHERE id = $1

-- name: StaffByEmail
SELECT id, email, name, role, CASE WHEN password = '' THEN 0 ELSE 1 END, created_at, revoked_at
FROM staff
WHERE email = $1

-- name: StaffList
SELECT id, email, name, role, CASE WHEN password = '' THEN 0 ELSE 1 END, created_at, revoked_at
FROM staff
WHERE email > $1
ORDER BY email
LIMIT $2

-- name: SomeStaff
SELECT id, email, name, role, CASE WHEN password = '' THEN 0 ELSE 1 END, created_at, revoked_at
FROM staff
WHERE revoked_at IS NULL AND role IN texts($1)
ORDER BY name_key, id
LIMIT $2

-- name: OtherAdministrator
SELECT id FROM staff WHERE role = $1 AND revoked_at IS NULL AND id <> $2 LIMIT 1

-- name: OtherInRoles
SELECT id FROM staff WHERE role IN texts($1) AND revoked_at IS NULL AND id <> $2 LIMIT 1

-- name: StaffPassword
SELECT password FROM staff WHERE id = $1

-- name: InsertStaff
INSERT INTO staff (email, name, name_key, role, password, created_at)
VALUES ($1, $2, $3, $4, '', $5)
ON CONFLICT (email) DO NOTHING
RETURNING id

-- name: SetStaffRole
UPDATE staff SET role = $1 WHERE id = $2

-- name: SetStaffPassword
WITH given (id, password) AS (SELECT CAST($1 AS BIGINT), CAST($2 AS TEXT))
UPDATE staff SET password = (SELECT password FROM given) WHERE id = (SELECT id FROM given)

-- name: SetStaffRevoked
UPDATE staff SET revoked_at = $1 WHERE id = $2
