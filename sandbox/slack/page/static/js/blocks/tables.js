// table: a plain grid with aligned columns; its first row is the head.

import { el } from "../dom.js";
import { cellNodes, isNumber } from "./cells.js";

/** The table of a block, scrolled sideways where it is wider than the message. */
export function table(block) {
  const settings = block.column_settings ?? [];
  const look = (cell, column) => {
    const align = settings[column]?.align ?? (isNumber(cell) ? "right" : "left");
    return `align-${align}${settings[column]?.is_wrapped ? " wrapped" : ""}`;
  };
  const row = (tag) => (cells) =>
    el(
      "tr",
      {},
      cells.map((cell, column) =>
        el(tag, { class: look(cell, column), scope: tag === "th" ? "col" : null }, cellNodes(cell)),
      ),
    );
  const [head, ...body] = block.rows ?? [];
  const grid = el(
    "table",
    { class: "grid" },
    head && el("thead", {}, row("th")(head)),
    el("tbody", {}, body.map(row("td"))),
  );
  return el(
    "div",
    { class: "grid-scroll", tabindex: "0", role: "region", "aria-label": "Table" },
    grid,
  );
}
