// Inputs for writing: text, mail address, address of a page, number.

import { el } from "../dom.js";
import { plain } from "../text/objects.js";

/** One line or many. */
export function textInput(element, place) {
  const many = element.multiline || element.type === "rich_text_input";
  const node = el(many ? "textarea" : "input", {
    class: "input",
    rows: many ? 5 : null,
    type: many ? null : "text",
  });
  return written(node, element, place, {
    minlength: element.min_length,
    maxlength: element.max_length ?? 3000,
  });
}

/** A mail address. */
export function emailInput(element, place) {
  return written(el("input", { class: "input", type: "email" }), element, place, {});
}

/** A page's address. */
export function urlInput(element, place) {
  return written(el("input", { class: "input", type: "url" }), element, place, {});
}

/** A number, kept as the text that was typed. */
export function numberInput(element, place) {
  const step = element.is_decimal_allowed ? "any" : "1";
  return written(el("input", { class: "input", type: "number" }), element, place, {
    min: element.min_value,
    max: element.max_value,
    step,
  });
}

function written(node, element, { id, name, kept, changed }, limits) {
  const shown = {
    id,
    placeholder: plain(element.placeholder) || null,
    "aria-label": id ? null : name,
    ...limits,
  };
  for (const [attribute, value] of Object.entries(shown)) {
    if (value !== undefined && value !== null) node.setAttribute(attribute, value);
  }
  node.value = kept ?? element.initial_value ?? "";
  if (element.focus_on_load) node.setAttribute("autofocus", "");
  tellChanges(node, element, changed);
  return {
    node,
    focusable: node,
    read: () => valueOf(node, element),
    raw: () => node.value,
    problem: () => problem(node, element),
  };
}

function valueOf(node, element) {
  if (!node.value || element.type !== "rich_text_input") return node.value || null;
  const section = { type: "rich_text_section", elements: [{ type: "text", text: node.value }] };
  return { type: "rich_text", elements: [section] };
}

// Slack tells the app on Enter, and on every character only where the element asks for it.
function tellChanges(node, element, changed) {
  const on = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  if (on.includes("on_character_entered"))
    node.addEventListener("input", () => changed(node.value, node));
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || node.tagName === "TEXTAREA" || !on.includes("on_enter_pressed"))
      return;
    changed(node.value, node);
  });
}

function problem(node, element) {
  const { value, validity } = node;
  if (validity.badInput) return "Enter a number.";
  if (!value) return null;
  if (element.min_length && value.length < element.min_length)
    return `Enter at least ${element.min_length} characters.`;
  if (validity.typeMismatch)
    return node.type === "email"
      ? "Enter a mail address."
      : "Enter the address of a page, such as https://example.com.";
  if (validity.rangeUnderflow) return `Enter ${element.min_value} or more.`;
  if (validity.rangeOverflow) return `Enter ${element.max_value} or less.`;
  return validity.stepMismatch ? "Enter a whole number." : null;
}
