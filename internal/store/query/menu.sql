-- name: Menu
SELECT section_id, page_id, label, address FROM menu_item WHERE menu = $1 ORDER BY place

-- name: InsertMenuItem
INSERT INTO menu_item (menu, place, section_id, page_id, label, address) VALUES ($1, $2, $3, $4, $5, $6)

-- name: DeleteMenu
DELETE FROM menu_item WHERE menu = $1
