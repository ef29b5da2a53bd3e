// Puts a button on what a story embeds, which shows it in its place. Nothing is asked of the
// other site before. Without script the link leads there.

for (const figure of document.querySelectorAll("figure.embed[data-show]")) {
  const first = figure.firstElementChild;
  const last = figure.lastElementChild;
  const link = last?.querySelector("a");
  if (!link) continue;
  const title = (first !== last && first.textContent.trim()) || link.hostname;

  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.textContent = figure.dataset.show;
  button.setAttribute("aria-label", `${figure.dataset.show}: ${title}`);
  button.addEventListener("click", () => {
    const frame = document.createElement("iframe");
    frame.title = title;
    frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-popups allow-presentation");
    frame.allow = "fullscreen";
    frame.referrerPolicy = "strict-origin-when-cross-origin"; // players refuse pages that they cannot name
    frame.src = link.href;
    button.replaceWith(frame);
    frame.focus();
  });
  last.before(button);
}
