// The pages of the pictures: how far an upload is, the focal point by click and arrow keys,
// and a button that copies. Without it the pages are forms that do the same.

const upload = document.querySelector("form.upload");
if (upload) {
  const { most, megabytes, sending, arrived, failed, large, many } = upload.dataset;
  const files = upload.querySelector("input[type=file]");
  const bar = document.createElement("progress");
  const status = document.createElement("p");
  status.className = "meta";
  status.setAttribute("role", "status");
  bar.hidden = true;
  bar.setAttribute("aria-label", sending);
  upload.append(bar, status);

  const refusal = () => {
    const chosen = [...files.files];
    const tooLarge = chosen.filter((f) => f.size > megabytes * 2 ** 20).map((f) => f.name);
    if (chosen.length > most) return many;
    return tooLarge.length ? `${large} ${tooLarge.join(", ")}` : "";
  };
  files.addEventListener("change", () => {
    files.setCustomValidity(refusal());
    files.reportValidity();
  });
  upload.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = upload.querySelector("button");
    const request = new XMLHttpRequest();
    const end = (words) => {
      bar.hidden = true;
      button.disabled = false;
      status.textContent = words;
    };
    request.upload.addEventListener("progress", ({ lengthComputable, loaded, total }) => {
      if (lengthComputable) bar.value = loaded / total;
      if (loaded === total) status.textContent = arrived;
    });
    request.addEventListener("error", () => end(failed));
    request.addEventListener("load", () => {
      // The answer is a page, at the address to which the form would have led.
      if (request.status === 200 && !/id="refused"/.test(request.responseText)) location.assign(request.responseURL);
      else {
        const page = new DOMParser().parseFromString(request.responseText, "text/html");
        document.querySelector("#refused")?.remove();
        const told = page.querySelector("#refused");
        end(told ? "" : failed);
        if (told) upload.before(document.adoptNode(told));
        const pictures = page.querySelector("ul.pictures");
        if (pictures) document.querySelector("ul.pictures, p.nothing")?.replaceWith(document.adoptNode(pictures));
        upload.reset();
      }
    });
    request.open("POST", upload.action);
    request.setRequestHeader("Accept", "text/html");
    request.send(new FormData(upload));
    button.disabled = true;
    bar.value = 0;
    bar.hidden = false;
    status.textContent = sending;
  });
}

const focal = document.querySelector(".focal[data-help]");
if (focal) {
  const [x, y] = ["#focus-x", "#focus-y"].map((id) => document.querySelector(id));
  const image = focal.querySelector("img");
  const point = document.createElement("button");
  point.type = "button";
  point.className = "focal-point";
    const crop = image.cloneNode();
  crop.alt = "";
  crop.className = "focal-crop";
  const help = document.createElement("figcaption");
  help.textContent = `${focal.dataset.help}.`;
  focal.append(point, help, crop);
  crop.hidden = Math.abs(image.width / image.height - 16 / 9) < 0.02; // nothing of it is cropped
  const within = (value) => Math.min(100, Math.max(0, Math.round(value)));
  const show = () => {
    const [left, top] = [within(x.value), within(y.value)];
    point.style.insetInlineStart = `${left}%`;
    point.style.insetBlockStart = `${(top * image.offsetHeight) / 100}px`;
    point.setAttribute("aria-label", `${focal.dataset.help}: ${left}, ${top}`);
    crop.style.objectPosition = `${left}% ${top}%`;
  };
  const move = (left, top) => {
    x.value = within(left);
    y.value = within(top);
    show();
  };
  image.addEventListener("click", ({ offsetX, offsetY }) => move((offsetX / image.offsetWidth) * 100, (offsetY / image.offsetHeight) * 100));
  point.addEventListener("keydown", (event) => {
    const step = event.shiftKey ? 10 : 1;
    const by = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key];
    if (!by) return;
    event.preventDefault();
    move(+x.value + by[0], +y.value + by[1]);
  });
  for (const field of [x, y]) field.addEventListener("input", show);
  new ResizeObserver(show).observe(image);
  show();
}

const lines = document.querySelector("textarea[data-copy]");
if (lines && navigator.clipboard) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = lines.dataset.copy;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(lines.value);
    button.textContent = lines.dataset.copied;
  });
  lines.closest("p").after(button);
}
