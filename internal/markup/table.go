package markup

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// maxTableLabel is the longest that the names of a table's columns may be to be
// read out as its name, in bytes.
const maxTableLabel = 120

// table writes a table in a region of its own, which scrolls sideways where it is
// too wide, can be reached by keyboard, and has a name.
func (p *page) table(n *extast.Table) {
	p.tables++
	p.tag(`<section class="table" tabindex="0" aria-label="`)
	p.attribute(p.tableLabel(n))
	p.tag(`">` + "\n<table>\n")
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		if _, ok := row.(*extast.TableHeader); ok {
			p.tag("<thead>\n")
			p.tableRow(row, true)
			p.tag("</thead>\n")
			if row.NextSibling() != nil {
				p.tag("<tbody>\n")
			}
			continue
		}
		p.tableRow(row, false)
		if row.NextSibling() == nil {
			p.tag("</tbody>\n")
		}
	}
	p.tag("</table>\n</section>\n")
}

// tableLabel names the table by its number and its columns.
func (p *page) tableLabel(n *extast.Table) string {
	label := p.options.TableLabel + " " + strconv.Itoa(p.tables)
	var columns []string
	for cell := n.FirstChild().FirstChild(); cell != nil; cell = cell.NextSibling() {
		if words := p.plainOf(cell); words != "" {
			columns = append(columns, words)
		}
	}
	if names := strings.Join(columns, ", "); names != "" && len(names) <= maxTableLabel {
		label += ": " + names
	}
	return label
}

// tableRow writes a row. A cell of the head without words is no heading of anything.
func (p *page) tableRow(row ast.Node, head bool) {
	p.tag("<tr>")
	for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
		tag, scope := "td", ""
		if head && p.plainOf(cell) != "" {
			tag, scope = "th", ` scope="col"`
		}
		p.inWord = false
		p.tag("<" + tag + scope + alignment(cell) + ">")
		p.inlines(cell.FirstChild(), nil)
		p.tag("</" + tag + ">")
	}
	p.tag("</tr>\n")
}

// alignment returns the class of a cell that does not begin where the language does.
func alignment(cell ast.Node) string {
	if c, ok := cell.(*extast.TableCell); ok {
		switch c.Alignment {
		case extast.AlignRight:
			return ` class="end"`
		case extast.AlignCenter:
			return ` class="center"`
		}
	}
	return ""
}
