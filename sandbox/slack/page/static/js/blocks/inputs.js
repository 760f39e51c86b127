// input: a label, one element, a hint, and the place where the app's error is shown.

import { el, uniqueId } from "../dom.js";
import { drawControl } from "../elements/index.js";
import { icon } from "../icons.js";
import { plain, textNodes } from "../text/objects.js";
import { unknown } from "./unknown.js";

/** An input block; its field is reported to the surface, which reads it when the view is submitted. */
export function input(block, surface) {
  const id = uniqueId("field");
  const label = plain(block.label);
  const control = drawControl(block.element, { block, surface, name: label, id, inInput: true });
  if (!control) return unknown(block.element);
  const hint = block.hint && el("p", { class: "hint", id: `${id}-hint` }, textNodes(block.hint));
  const error = el("p", { class: "field-error", id: `${id}-error`, hidden: true });
  const box = el(
    "div",
    { class: "field" },
    fieldLabel(block, id, control),
    control.node,
    hint,
    error,
  );
  control.focusable.setAttribute(
    "aria-describedby",
    [hint && `${id}-hint`, `${id}-error`].filter(Boolean).join(" "),
  );
  surface.field?.({
    block,
    control,
    required: !block.optional,
    showError: (text) => showError(box, control, error, text),
  });
  return box;
}

function fieldLabel(block, id, control) {
  const words = [
    textNodes(block.label),
    block.optional && el("span", { class: "quiet" }, " (optional)"),
  ];
  if (control.isGroup) {
    control.focusable.setAttribute("aria-labelledby", `${id}-label`);
    return el("span", { class: "label", id: `${id}-label` }, words);
  }
  return el("label", { class: "label", for: id }, words);
}

function showError(box, control, error, text) {
  box.classList.toggle("has-error", Boolean(text));
  error.hidden = !text;
  error.replaceChildren(...(text ? [icon("error"), text] : []));
  control.focusable.setAttribute("aria-invalid", text ? "true" : "false");
}
