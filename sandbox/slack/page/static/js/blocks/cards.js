// card, carousel and alert.

import { el } from "../dom.js";
import { drawElement } from "../elements/index.js";
import { icon } from "../icons.js";
import { plain, textNodes } from "../text/objects.js";
import { picture } from "./media.js";

/** A card: picture, title, subtitle, body, small print and up to three buttons. */
export function card(block, surface) {
  const words = ["title", "subtitle", "body", "subtext"]
    .filter((part) => block[part])
    .map((part) => el("div", { class: `card-${part} text` }, textNodes(block[part])));
  const head = el(
    "div",
    { class: "card-head" },
    block.icon && picture(block.icon, "thumb"),
    el("div", { class: "card-words" }, words),
  );
  const buttons = (block.actions ?? []).map((element) => drawElement(element, { block, surface }));
  return el(
    "div",
    { class: "card", role: "group", "aria-label": plain(block.title) || null },
    block.hero_image && picture(block.hero_image, "large"),
    head,
    buttons.length > 0 && el("div", { class: "actions" }, buttons),
  );
}

/** Cards side by side, scrolled by hand or by the arrow keys. */
export function carousel(block, surface) {
  const cards = block.elements ?? [];
  return el(
    "div",
    { class: "carousel", role: "group", "aria-label": `${cards.length} cards`, tabindex: "0" },
    cards.map((element) => card(element, surface)),
  );
}

const ICONS = { info: "info", warning: "warn", error: "error", success: "check" };

/** A coloured line of one of five levels. */
export function alert(block) {
  const level = Object.hasOwn(ICONS, block.level) ? block.level : "default";
  return el(
    "div",
    { class: `alert alert-${level}`, role: level === "error" ? "alert" : "note" },
    icon(ICONS[level] ?? "info"),
    el("div", { class: "text" }, textNodes(block.text)),
  );
}
