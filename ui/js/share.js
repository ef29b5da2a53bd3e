// Adds to the story page what only a script can do: the device's own share sheet
// and a button that copies the address. Without it the plain links do the work.

const actions = document.querySelector("[data-share]");

if (actions) {
  const { title, done, failed } = actions.dataset;
  const canonical = document.querySelector("link[rel=canonical]");
  const address = new URL(canonical?.href ?? location.href, location.href).href;
  const [sheet, copy] = actions.querySelectorAll("button");
  const status = actions.querySelector("[role=status]");

  // What is said lies over the page, so it goes away again.
  const say = (words) => {
    status.textContent = words;
    setTimeout(() => { status.textContent = ""; }, 5000);
  };

  if (navigator.share) {
    sheet.hidden = false;
    actions.querySelector("a").hidden = true;
    sheet.addEventListener("click", async () => {
      try {
        await navigator.share({ title, url: address });
      } catch (error) {
        // A reader who closes the sheet has changed their mind; nothing failed.
        if (error.name !== "AbortError") say(failed);
      }
    });
  }

  if (navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(address);
        say(done);
      } catch {
        say(failed);
      }
    });
  }
}
