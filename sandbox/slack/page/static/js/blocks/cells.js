// A cell of a table or data_table: its nodes, its words and what it sorts by.

import { el } from "../dom.js";
import { richText } from "../text/richtext.js";

/** The nodes of a cell. */
export function cellNodes(cell) {
  if (cell?.type === "rich_text") return [el("div", { class: "rich" }, richText(cell))];
  return [cellText(cell)];
}

/** The words of a cell. */
export function cellText(cell) {
  if (cell === null || cell === undefined) return "";
  if (cell.type === "rich_text") return el("div", {}, richText(cell)).textContent;
  return String(cell.text ?? cell.value ?? "");
}

/** Whether a cell is a number. */
export function isNumber(cell) {
  return cell?.type === "raw_number" && Number.isFinite(Number(cell.value));
}

/** Order of two cells: numbers by value, before words by the alphabet of `locale`. */
export function compareCells(one, other, locale) {
  if (isNumber(one) && isNumber(other)) return Number(one.value) - Number(other.value);
  if (isNumber(one) !== isNumber(other)) return isNumber(one) ? -1 : 1;
  return cellText(one).localeCompare(cellText(other), locale, {
    numeric: true,
    sensitivity: "base",
  });
}
