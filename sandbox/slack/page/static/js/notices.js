// Short sentences at the foot of the page that go away by themselves; errors wait to be dismissed.

import { el } from "./dom.js";
import { icon } from "./icons.js";

const SHOWN_MS = 6000;

/** `work` that tells the person when the sandbox could not do it. */
export function reported(work) {
  return async (...given) => {
    try {
      return await work(...given);
    } catch (refusal) {
      return notice(refusal.message, "error");
    }
  };
}

/** Says something; kind is "info" or "error". */
export function notice(text, kind = "info") {
  const box = el(
    "div",
    { class: `notice notice-${kind}`, role: kind === "error" ? "alert" : null },
    el("span", {}, text),
  );
  box.append(
    el(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": "Dismiss",
        onclick: () => box.remove(),
      },
      icon("close"),
    ),
  );
  document.getElementById("notices").append(box);
  if (kind !== "error") setTimeout(() => box.remove(), SHOWN_MS);
}
