-- name: Pins
SELECT section_id, place, story_id, until FROM pin WHERE section_id = $1 ORDER BY place

-- name: PinsOf
SELECT section_id, place, story_id, until FROM pin WHERE story_id = $1 ORDER BY section_id

-- name: EndedPins
SELECT section_id, place, story_id, until FROM pin WHERE until <= $1

-- name: NextPinEnd
SELECT until FROM pin WHERE until IS NOT NULL ORDER BY until LIMIT 1

-- name: InsertPin
INSERT INTO pin (section_id, place, story_id, until) VALUES ($1, $2, $3, $4)

-- name: DeletePins
DELETE FROM pin WHERE section_id = $1

-- name: DeletePin
DELETE FROM pin WHERE section_id = $1 AND story_id = $2
