// Says in the bar where the text stands. What changes by the clock is read out by nobody;
// only that saving stopped or works again is announced.

import { button, element } from "./dom";
import type { State } from "./saving";
import { t } from "./words";

export interface Status {
  tell(state: State): void;
}

/** Puts the status into the place; signIn is the address of the page where one signs in, meet opens the comparison. */
export function addStatus(place: Element, signIn: string, meet: () => void): Status {
  const seen = element("span", { class: "save-state" });
  const spoken = element("span", { class: "unseen", role: "status" });
  place.removeAttribute("role"); // it changes every second
  place.replaceChildren(seen, spoken);
  let state: State = { kind: "saved", at: Date.now() };
  let trouble = false;
  const ago = (at: number): string => {
    const seconds = Math.max(0, Math.round((Date.now() - at) / 1000));
    if (seconds < 3) return t("editor.saved");
    if (seconds < 60) return t("editor.saved.seconds", seconds);
    return seconds < 3600 ? t("editor.saved.minutes", Math.floor(seconds / 60)) : t("editor.saved.hours", Math.floor(seconds / 3600));
  };
  const show = (): void => {
    seen.classList.toggle("save-trouble", isTrouble(state));
    switch (state.kind) {
      case "saved":
        return put(ago(state.at));
      case "changed":
        return put(t("editor.unsaved"));
      case "saving":
        return put(t("editor.saving"));
      case "lost":
        return put(t("editor.lost"));
      case "refused":
        return put(t("editor.refused", state.why));
      case "signed-out":
        return put(t("editor.signedout"), " ", element("a", { href: signIn, target: "_blank", rel: "noopener" }, t("editor.signin")));
      case "met":
        return put(t("editor.met"), " ", button(t("editor.met.open"), meet, { class: "quiet" }));
    }
  };
  let last = "";
  const put = (...inside: (Node | string)[]): void => {
    const said = inside.map((i) => (typeof i === "string" ? i : i.textContent)).join("");
    if (said === last) return; // what has the focus keeps it
    last = said;
    seen.replaceChildren(...inside);
  };
  show();
  setInterval(() => {
    if (state.kind === "saved" && !document.hidden) show();
  }, 1000);
  return {
    tell(next) {
      seen.dataset["state"] = next.kind;
      if (next.kind === "saving" && state.kind === "changed") {
        state = next;
        return; // a moment later it is saved: not worth a flicker
      }
      state = next;
      show();
      if (isTrouble(state)) {
        if (!trouble || spoken.textContent !== seen.textContent) spoken.textContent = seen.textContent;
        trouble = true;
      } else if (trouble && state.kind === "saved") {
        trouble = false;
        spoken.textContent = t("editor.saved");
      }
    },
  };
}

const isTrouble = (state: State): boolean => ["lost", "refused", "signed-out", "met"].includes(state.kind);
