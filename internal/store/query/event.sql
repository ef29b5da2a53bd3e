-- Events in the order in which they are due, each with whether readers see it now: the desk
-- released it, or the story from which it is known is out; and what it is about is released.
-- The last columns are when each of that came to be.
-- part: seen
SELECT id, kind, title, date_from, date_to, date_precision, at, zone, confirmed, place, address, story_id, story_number, claim_id,
    entity_id, deal_id, cancelled, released_at, sequence, created_at, created_by, changed_at, uid, shown,
    (SELECT r.published_at FROM revision r WHERE r.story_id = seen.story_id AND r.number = seen.story_number),
    (SELECT n.released_at FROM entity n WHERE n.id = seen.entity_id),
    (SELECT d.released_at FROM deal d WHERE d.id = seen.deal_id)
FROM (
    SELECT e.*, CASE WHEN
        (e.released_at IS NOT NULL OR EXISTS (
            SELECT 1 FROM story s WHERE s.id = e.story_id AND s.state = 'published' AND s.published_number >= e.story_number))
        AND (e.entity_id IS NULL OR EXISTS (SELECT 1 FROM entity n WHERE n.id = e.entity_id AND n.released_at IS NOT NULL))
        AND (e.deal_id IS NULL OR EXISTS (SELECT 1 FROM deal d WHERE d.id = e.deal_id AND d.released_at IS NOT NULL))
        THEN 1 ELSE 0 END AS shown
    FROM event e
) seen

-- name: Event
part(seen)
WHERE id = $1

-- name: EventsDue
part(seen)
WHERE due_at >= $1 AND due_at < $2 AND (due_at, id) > ($3, $4) AND ($5 = 1 OR shown = 1)
ORDER BY due_at, id
LIMIT $6

-- name: HiddenEvents
part(seen)
WHERE due_at >= $1 AND due_at < $2 AND shown = 0
ORDER BY due_at, id
LIMIT $3

-- name: LastEventBefore
part(seen)
WHERE due_at < $1 AND shown = 1
ORDER BY due_at DESC, id DESC
LIMIT 1

-- name: EventsOfEntity
part(seen)
WHERE entity_id = $1 AND due_at >= $2
ORDER BY due_at, id
LIMIT $3

-- name: EventsOfDeal
part(seen)
WHERE deal_id = $1 AND due_at >= $2
ORDER BY due_at, id
LIMIT $3

-- name: EventsOfStory
part(seen)
WHERE story_id = $1
ORDER BY id
LIMIT $2

-- name: HiddenEventsOfStory
part(seen)
WHERE story_id = $1 AND shown = 0
ORDER BY id
LIMIT $2

-- name: InsertEvent
INSERT INTO event (kind, title, date_from, date_to, date_precision, at, zone, due_at, confirmed, place, address, story_id,
    story_number, claim_id, entity_id, deal_id, cancelled, released_at, sequence, changed_at, created_at, created_by, uid)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
RETURNING id

-- name: UpdateEvent
UPDATE event SET
    kind = $1, title = $2, date_from = $3, date_to = $4, date_precision = $5, at = $6, zone = $7, due_at = $8, confirmed = $9,
    place = $10, address = $11, story_id = $12, story_number = $13, claim_id = $14, entity_id = $15, deal_id = $16,
    cancelled = $17, released_at = $18, sequence = $19, changed_at = $20
WHERE id = $21

-- name: DeleteEvent
DELETE FROM event WHERE id = $1

-- name: EventDays
SELECT DISTINCT date_to FROM event WHERE at IS NULL ORDER BY date_to

-- Those of a day are near it in the order in which they are due, whatever the time zone was.

-- name: SetDueOfDay
UPDATE event SET due_at = $1 WHERE due_at >= $2 AND due_at < $3 AND date_to = $4 AND at IS NULL

-- name: MoveEvents
UPDATE event SET entity_id = $1 WHERE entity_id = $2

-- name: EventChanges
SELECT event_id, date_from, date_to, date_precision, at, zone, cancelled, note, shown, changed_at, changed_by
FROM event_change
WHERE event_id = $1
ORDER BY id DESC
LIMIT $2

-- name: ChangesOfEvents
SELECT event_id, date_from, date_to, date_precision, at, zone, cancelled, note, shown, changed_at, changed_by
FROM (
    SELECT c.*, ROW_NUMBER() OVER (PARTITION BY c.event_id ORDER BY c.id DESC) AS place
    FROM event_change c
    WHERE c.event_id IN numbers($1)
) newest
WHERE place <= $2
ORDER BY event_id, id DESC

-- name: InsertEventChange
INSERT INTO event_change (event_id, date_from, date_to, date_precision, at, zone, cancelled, note, shown, changed_at, changed_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)

-- name: DeleteEventChanges
DELETE FROM event_change WHERE event_id = $1

-- name: NotEvents
SELECT words FROM not_event WHERE story_id = $1 ORDER BY words

-- name: PutNotEvent
INSERT INTO not_event (story_id, words, said_at, said_by)
VALUES ($1, $2, $3, $4)
ON CONFLICT (story_id, words) DO NOTHING

-- name: DeleteNotEvents
DELETE FROM not_event WHERE story_id = $1
