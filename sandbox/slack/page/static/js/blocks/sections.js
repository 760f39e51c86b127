// section, header, context, actions and context_actions: the blocks of words and controls in a row.

import { el } from "../dom.js";
import { drawElement } from "../elements/index.js";
import { plain, textNodes } from "../text/objects.js";
import { picture } from "./media.js";

/** A section: text, fields in two columns, an accessory at the right. */
export function section(block, surface) {
  const words = el("div", { class: "section-words" });
  if (block.text) words.append(el("div", { class: "text" }, textNodes(block.text)));
  if (block.fields) {
    words.append(
      el(
        "div",
        { class: "fields" },
        block.fields.map((field) => el("div", { class: "text" }, textNodes(field))),
      ),
    );
  }
  const accessory = block.accessory && accessoryNode(block, surface);
  return el("div", { class: "section" }, words, accessory);
}

function accessoryNode(block, surface) {
  if (block.accessory.type === "image")
    return el("div", { class: "accessory" }, picture(block.accessory, "thumb"));
  const name = plain(block.text).slice(0, 80);
  return el("div", { class: "accessory" }, drawElement(block.accessory, { block, surface, name }));
}

/** A header of level 1 to 4, drawn below the page's own headings. */
export function header(block) {
  const level = Math.min(Math.max(block.level ?? 1, 1), 4);
  return el(
    `h${Math.min(level + 2, 6)}`,
    { class: `header header-${level}` },
    textNodes(block.text),
  );
}

/** Small print: texts and small pictures. */
export function context(block) {
  const part = (element) =>
    element.type === "image"
      ? picture(element, "tiny")
      : el("span", { class: "text" }, textNodes(element));
  return el("div", { class: "context" }, (block.elements ?? []).map(part));
}

/** A row of controls. */
export function actions(block, surface) {
  return el(
    "div",
    { class: "actions" },
    (block.elements ?? []).map((element) => drawElement(element, { block, surface })),
  );
}

/** Feedback buttons and icon buttons under an answer. */
export function contextActions(block, surface) {
  return el(
    "div",
    { class: "actions context-actions" },
    (block.elements ?? []).map((element) => drawElement(element, { block, surface })),
  );
}
