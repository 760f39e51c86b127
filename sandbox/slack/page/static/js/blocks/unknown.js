// What is shown for a block that the page cannot draw.

import { el } from "../dom.js";
import { icon } from "../icons.js";

/** The block's JSON under a warning. */
export function unknown(
  block,
  _surface,
  why = `This page does not know the block "${block?.type}".`,
) {
  return el(
    "div",
    { class: "unknown", role: "note", "aria-label": "Unknown block" },
    el("p", { class: "unknown-why" }, icon("warn"), `${why} Its JSON:`),
    el("pre", { class: "code-block" }, JSON.stringify(block, null, 2)),
  );
}
