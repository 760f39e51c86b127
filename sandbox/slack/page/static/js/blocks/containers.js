// divider and container: what orders other blocks.

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { plain, textNodes } from "../text/objects.js";
import { picture } from "./media.js";

/** A line across. */
export function divider() {
  return el("hr", { class: "divider" });
}

/** A titled box; a collapsible one opens and closes at its title. */
export function container(block, surface, drawBlocks) {
  const body = el("div", { class: "container-body" }, drawBlocks(block.child_blocks, surface));
  const heading = [
    block.icon && picture(block.icon, "tiny"),
    el("span", { class: "container-title" }, textNodes(block.title)),
    block.subtitle && el("span", { class: "container-subtitle" }, textNodes(block.subtitle)),
  ];
  const width = block.width ? ` container-${String(block.width).replace(/\W/g, "")}` : "";
  if (!block.is_collapsible) {
    const head = el("div", { class: "container-head" }, heading);
    return el(
      "section",
      { class: `container${width}`, "aria-label": plain(block.title) },
      head,
      body,
    );
  }
  const head = el("summary", { class: "container-head" }, icon("next"), heading);
  return el("details", { class: `container${width}`, open: !block.default_collapsed }, head, body);
}
