-- name: NotFigures
SELECT words FROM not_figure WHERE story_id = $1 ORDER BY words

-- name: PutNotFigure
INSERT INTO not_figure (story_id, words, said_at, said_by)
VALUES ($1, $2, $3, $4)
ON CONFLICT (story_id, words) DO NOTHING

-- name: DeleteNotFigure
DELETE FROM not_figure WHERE story_id = $1 AND words = $2

-- name: DeleteNotFigures
DELETE FROM not_figure WHERE story_id = $1
