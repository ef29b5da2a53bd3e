// Opens where a cited figure comes from beside it, in a native popover. Without it the
// figure's link leads to the same words at the foot of the page.

if (HTMLElement.prototype.hasOwnProperty("popover")) {
  const box = document.createElement("div");
  box.popover = "auto";
  box.className = "popover";
  box.setAttribute("role", "dialog");
  document.body.append(box);

  for (const link of document.querySelectorAll("a.cited[href^='#']")) {
    const entry = document.getElementById(link.hash.slice(1));
    if (!entry) continue;
    link.setAttribute("aria-haspopup", "dialog");
    link.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      box.replaceChildren(...[...entry.children].map((part) => part.cloneNode(true)));
      const heading = document.getElementById("sources").textContent;
      box.setAttribute("aria-label", `${heading}: ${link.textContent}`);
      box.showPopover();
      const at = link.getBoundingClientRect();
      const room = document.documentElement.clientWidth - box.offsetWidth - 8;
      const below = at.bottom + 6;
      const fits = below + box.offsetHeight <= innerHeight || at.top < box.offsetHeight + 6;
      box.style.position = "fixed";
      box.style.inset = "auto";
      box.style.left = `${Math.max(8, Math.min(at.left, room))}px`;
      box.style.top = `${fits ? below : at.top - box.offsetHeight - 6}px`;
      box.querySelector("a")?.focus({ preventScroll: true });
    });
  }
  // The first link in the box leads back to where the reader is: it closes it.
  box.addEventListener("click", (event) => {
    if (event.target.closest("a[href^='#']")) {
      event.preventDefault();
      box.hidePopover();
    }
  });
}
