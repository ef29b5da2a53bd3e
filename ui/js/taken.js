// Stands on the page of a comment, which is shown once it was taken: what was kept of it
// while it was typed is let go, unless it was typed on since.

const page = document.querySelector("[data-reply]");

if (page) {
  const { href } = new URL(page.dataset.reply, location.href);
  const typed = `reply ${href}`, sent = `sent ${href}`;
  try {
    if (sessionStorage.getItem(typed) === sessionStorage.getItem(sent)) sessionStorage.removeItem(typed);
    sessionStorage.removeItem(sent);
  } catch {
    // Where nothing may be kept, nothing was.
  }
}
