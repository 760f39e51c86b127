// Dialogs of the page's own making: "are you sure?", and the JSON behind a message.

import { el, uniqueId } from "./dom.js";
import { icon } from "./icons.js";
import { plain, textNodes } from "./text/objects.js";

/** A modal dialog in front of everything; `closed` is called once when it goes. */
export function openDialog({ title, body, buttons = [], className = "", closed = () => {} }) {
  const id = uniqueId("dialog");
  const close = el(
    "button",
    { type: "button", class: "icon-button", "aria-label": "Close", onclick: () => dialog.close() },
    icon("close"),
  );
  const dialog = el(
    "dialog",
    { class: `dialog ${className}`, "aria-labelledby": id },
    el("header", { class: "dialog-head" }, el("h2", { id }, title), close),
    el("div", { class: "dialog-body" }, body),
    buttons.length > 0 && el("footer", { class: "dialog-foot" }, buttons),
  );
  dialog.addEventListener("close", () => {
    dialog.remove();
    closed();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Asks what a `confirm` object asks; true at once where there is none. */
export function confirmed(confirm) {
  if (!confirm) return Promise.resolve(true);
  return new Promise((resolve) => {
    let answer = false;
    const leave = (agreed) => () => {
      answer = agreed;
      dialog.close();
    };
    const style = confirm.style === "danger" ? "button-danger" : "button-primary";
    const dialog = openDialog({
      title: plain(confirm.title),
      body: el("div", { class: "text" }, textNodes(confirm.text)),
      className: "dialog-small",
      buttons: [
        el(
          "button",
          { type: "button", class: "button", onclick: leave(false) },
          textNodes(confirm.deny ?? "Cancel"),
        ),
        el(
          "button",
          { type: "button", class: `button ${style}`, autofocus: true, onclick: leave(true) },
          textNodes(confirm.confirm ?? "Yes"),
        ),
      ],
      closed: () => resolve(answer),
    });
  });
}

/** Shows a value as JSON with some figures about it. */
export function showJson(title, value, figures) {
  const copy = () => navigator.clipboard?.writeText(JSON.stringify(value, null, 2));
  openDialog({
    title,
    body: [
      el("p", { class: "quiet" }, figures),
      el("pre", { class: "code-block", tabindex: "0" }, JSON.stringify(value, null, 2)),
    ],
    buttons: [el("button", { type: "button", class: "button", onclick: copy }, "Copy")],
  });
}
