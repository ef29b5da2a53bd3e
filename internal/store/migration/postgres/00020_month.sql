-- +goose Up

-- When the stories of a month changed last, by one seek.
CREATE INDEX listing_by_month ON listing (substr(day, 1, 7), coalesce(updated_at, listed_at)) WHERE state = 'published';
