-- What the writers of comments were told by mail. Whoever answers a comment has notice 1
-- while its writer is to be told, and 2 from then on, so that nobody is told twice.

-- name: AwaitNotice
UPDATE comment SET notice = 1 WHERE id = $1 AND notice < 2

-- name: AwaitedAnswers
SELECT c.id, c.story_id, c.parent_id, c.root_id, c.branch_id, c.level, CASE WHEN p.state = 'approved' THEN p.name END, c.reader_id, c.staff_id, c.name, c.text, c.html,
    c.state, c.rule, c.detail, c.reason, c.note, c.shown, c.replies, c.notify, c.score, c.address, c.agent, c.fingerprint, c.words,
    c.created_at, c.edited_at, c.changed_at, c.decided_at, c.queued_at, c.escalated, c.claimed_by, c.claimed_at
FROM comment c LEFT JOIN comment p ON p.id = c.parent_id
WHERE c.parent_id = $1 AND c.notice = 1 AND c.state = 'approved'
ORDER BY c.id
LIMIT $2

-- name: NoticeAnswers
UPDATE comment SET notice = 2 WHERE parent_id = $1 AND notice = 1 AND state = 'approved'

-- name: LastNotice
SELECT noticed_at FROM comment WHERE id = $1

-- name: SetLastNotice
UPDATE comment SET noticed_at = $1 WHERE id = $2

-- name: Told
SELECT told FROM comment WHERE id = $1

-- name: SetTold
UPDATE comment SET told = $1 WHERE id = $2
