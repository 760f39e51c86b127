// data_table: a caption, columns that sort at a press, and pages.

import { counted, el, fill } from "../dom.js";
import { icon } from "../icons.js";
import { habit } from "../state.js";
import { plain } from "../text/objects.js";
import { cellNodes, cellText, compareCells, isNumber } from "./cells.js";

const DEFAULT_PAGE = 5;

/** The table of a block, starting unsorted on its first page. */
export function dataTable(block) {
  const [head = [], ...rows] = block.rows ?? [];
  const view = {
    rows,
    sorted: null,
    descending: false,
    page: 0,
    size: block.page_size ?? DEFAULT_PAGE,
  };
  const caption = plain(block.caption);
  const body = el("tbody");
  const foot = el("div", { class: "pager" });
  const heads = head.map((cell, column) => headCell(cell, () => sortBy(column)));
  const draw = () => {
    fill(
      body,
      shown(view).map((row) => bodyRow(row, block.row_header_column_index)),
    );
    heads.forEach((th, column) => th.setAttribute("aria-sort", sortState(view, column)));
    fill(foot, pager(view, draw));
  };
  const sortBy = (column) => {
    Object.assign(view, nextSort(view, column), { page: 0 });
    draw();
  };
  draw();
  const numeric = head.map(
    (_, column) => rows.length > 0 && rows.every((row) => isNumber(row[column])),
  );
  heads.forEach((th, column) => th.classList.toggle("align-right", numeric[column]));
  const grid = el(
    "table",
    { class: "grid data-grid" },
    el("caption", {}, caption),
    el("thead", {}, el("tr", {}, heads)),
    body,
  );
  return el(
    "div",
    { class: "data-table" },
    el("div", { class: "grid-scroll", tabindex: "0", role: "region", "aria-label": caption }, grid),
    foot,
  );
}

function headCell(cell, sort) {
  const button = el(
    "button",
    { type: "button", class: "sort", onclick: sort },
    cellText(cell),
    icon("down"),
  );
  return el("th", { scope: "col", "aria-sort": "none" }, button);
}

function bodyRow(row, headerColumn) {
  const cell = (value, column) => {
    const isHeader = column === headerColumn;
    const attributes = {
      class: isNumber(value) ? "align-right" : null,
      scope: isHeader ? "row" : null,
    };
    return el(isHeader ? "th" : "td", attributes, cellNodes(value));
  };
  return el("tr", {}, row.map(cell));
}

// First press ascending, second descending, third as sent.
function nextSort({ sorted, descending }, column) {
  if (sorted !== column) return { sorted: column, descending: false };
  return descending ? { sorted: null, descending: false } : { sorted: column, descending: true };
}

function sortState({ sorted, descending }, column) {
  if (sorted !== column) return "none";
  return descending ? "descending" : "ascending";
}

function shown({ rows, sorted, descending, page, size }) {
  const order = descending ? -1 : 1;
  const all =
    sorted === null
      ? rows
      : rows.toSorted((one, other) => order * compareCells(one[sorted], other[sorted], habit()));
  return all.slice(page * size, (page + 1) * size);
}

function pager(view, draw) {
  const pages = Math.ceil(view.rows.length / view.size);
  const first = view.page * view.size + 1;
  const last = Math.min(view.rows.length, first + view.size - 1);
  if (pages <= 1) return [el("span", { class: "quiet" }, counted(view.rows.length, "row"))];
  const turn = (step, name, mark) => {
    const press = () => {
      view.page += step;
      draw();
    };
    const disabled = view.page + step < 0 || view.page + step >= pages;
    return el(
      "button",
      { type: "button", class: "icon-button", "aria-label": name, disabled, onclick: press },
      icon(mark),
    );
  };
  return [
    el("span", { class: "quiet" }, `${first}–${last} of ${view.rows.length}`),
    turn(-1, "Previous page", "back"),
    turn(1, "Next page", "next"),
  ];
}
