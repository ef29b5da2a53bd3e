package desk

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"standfirst"
)

func TestPages(t *testing.T) {
	r := newStoryRoom(t)
	editor := standfirst.Editor
	has(t, r.see(editor, pagesPath), "/desk/menus", "A new page")
	w := r.ask(editor, pagesPath, url.Values{"headline": {"Our masthead"}})
	if w.Code != http.StatusSeeOther {
		t.Fatalf("a page is not made: %d %s", w.Code, w.Body)
	}
	path := w.Header().Get("Location")
	page := r.see(editor, path)
	has(t, page, "All pages", "Our masthead")
	lacks(t, page, `name="byline-name[]"`, `name="section"`, `name="topics"`)
	has(t, r.see(editor, path+"/publish"), `value="our-masthead"`)
	w = r.ask(editor, pagesPath, url.Values{"headline": {"Another"}, "slug": {"our-masthead"}})
	if w.Code != http.StatusConflict || !strings.Contains(w.Body.String(), `value="Another"`) {
		t.Errorf("a second of that address: %d", w.Code)
	}
	if w = r.ask(editor, pagesPath, url.Values{"headline": {"Record"}}); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a page at an address of the site: %d", w.Code)
	}
	has(t, r.see(editor, pagesPath), "Our masthead", "/our-masthead", "Draft</span>")
	if w := r.request(standfirst.Reporter, http.MethodGet, pagesPath, "", ""); w.Code != http.StatusForbidden {
		t.Errorf("a reporter sees the pages: %d", w.Code)
	}
}

func TestMenus(t *testing.T) {
	r := newStoryRoom(t)
	editor := standfirst.Editor
	seen := regexp.MustCompile(`name="menu" value="header">\s*<input type="hidden" name="seen" value="([^"]*)"`)
	press := func(do string, change ...string) string {
		t.Helper()
		was := seen.FindStringSubmatch(r.see(editor, menusPath))[1]
		f := url.Values{"menu": {"header"}, "do": {do}, "seen": {strings.ReplaceAll(was, "&#34;", `"`)}}
		for i := 0; i < len(change); i += 2 {
			f.Set(change[i], change[i+1])
		}
		w := r.ask(editor, menusPath, f)
		if w.Code != http.StatusSeeOther {
			return w.Body.String()
		}
		to, _, _ := strings.Cut(w.Header().Get("Location"), "#")
		return r.see(editor, to)
	}
	has(t, r.see(editor, menusPath), "Arrange it by hand")
	has(t, press("own"), "yours to arrange", "Undo</button>")
	has(t, press("up 1", "label-1", "Houses"), "It moved up.", `name="label-0" type="text" maxlength="80" autocomplete="off" value="Houses"`)
	has(t, press("add", "address", "deals", "label", "All deals"), `role="alert"`, `value="deals"`, `value="All deals"`)
	has(t, press("add", "address", "/deals", "label", "All deals"), "It is in the menu.", `value="/deals"`)
	has(t, press("add"), "Choose a section or a page, or type an address.")
	out := press("off 0")
	has(t, out, "It is out of the menu.")
	ticket := regexp.MustCompile(`name="undo" value="([^"]+)"`).FindStringSubmatch(out)[1]
	has(t, press("restore", "undo", `[{"Address":"https://elsewhere.example","Label":"Deals"}]`), "cannot be undone any more")
	has(t, press("restore", "menu", "footer", "seen", "[]", "undo", ticket), "cannot be undone any more")
	has(t, press("restore", "undo", ticket), "It is as it was before.", `value="Houses"`)
	has(t, press("off 0"), "It is out of the menu.")
	has(t, press("save", "seen", "[]"), "Somebody else arranged this menu meanwhile")
	has(t, press("default"), "The menu shows everything again.", "Arrange it by hand")
}
