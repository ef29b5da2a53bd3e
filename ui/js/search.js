// Suggests names while somebody types into the search: companies, people, deals, sections.
// The list is the browser's own; without this the form works as it is.

const input = document.querySelector("form.search input[type=search]");
const list = input?.list;
const pause = 150;

if (list) {
  let waiting;
  let asking;

  const show = (suggestions) => {
    list.replaceChildren(...suggestions.map(({ name, label }) => {
      const option = document.createElement("option");
      option.value = name;
      option.label = `${name} – ${label}`;
      return option;
    }));
  };

  const ask = async () => {
    asking?.abort();
    const typed = input.value.trim();
    if (typed.length < 2) {
      show([]);
      return;
    }
    asking = new AbortController();
    try {
      const answer = await fetch(`/search/suggest?q=${encodeURIComponent(typed)}`, { signal: asking.signal });
      if (answer.ok) show((await answer.json()).suggestions);
    } catch {
      // What was typed meanwhile is asked for by itself; a net that is down suggests nothing.
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, pause);
  });
}
