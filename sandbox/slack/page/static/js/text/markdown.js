// The `markdown` block: the common subset of Markdown that Slack translates, as nodes.

import { el } from "../dom.js";
import { withEmoji } from "./emoji.js";
import { link } from "./mentions.js";

const SPANS = [
  { pattern: /`([^`]+)`/, draw: ([, code]) => el("code", {}, code) },
  { pattern: /!?\[([^\]]*)\]\((\S+?)\)/, draw: ([, text, address]) => link(address, text) },
  { pattern: /\*\*(\S(?:.*?\S)?)\*\*/, draw: ([, inner]) => el("strong", {}, spans(inner)) },
  { pattern: /~~(\S(?:.*?\S)?)~~/, draw: ([, inner]) => el("s", {}, spans(inner)) },
  {
    pattern: /(?<!\w)[*_](\S(?:.*?\S)?)[*_](?!\w)/,
    draw: ([, inner]) => el("em", {}, spans(inner)),
  },
  { pattern: /https?:\/\/[^\s<>)]+/, draw: ([address]) => link(address) },
];

function spans(text) {
  const found = SPANS.map(({ pattern, draw }) => ({ match: pattern.exec(text), draw })).filter(
    ({ match }) => match,
  );
  if (!found.length) return [withEmoji(text)];
  const { match, draw } = found.reduce((best, next) =>
    next.match.index < best.match.index ? next : best,
  );
  const after = text.slice(match.index + match[0].length);
  return [withEmoji(text.slice(0, match.index)), draw(match), ...(after ? spans(after) : [])];
}

const BLOCKS = [
  { starts: /^```/, take: fence },
  { starts: /^#{1,6}\s/, take: heading },
  { starts: /^(?:---+|\*\*\*+)\s*$/, take: (lines) => [el("hr"), lines.slice(1)] },
  { starts: /^\|.*\|\s*$/, take: table },
  { starts: /^>/, take: quote },
  { starts: /^\s*(?:[-*+]|\d+[.)])\s/, take: list },
  { starts: /^\s*$/, take: (lines) => [null, lines.slice(1)] },
];

function fence(lines) {
  const end = lines.findIndex((line, index) => index > 0 && line.startsWith("```"));
  const close = end === -1 ? lines.length : end;
  return [
    el("pre", { class: "code-block" }, lines.slice(1, close).join("\n")),
    lines.slice(close + 1),
  ];
}

function heading([line, ...rest]) {
  const [, marks, text] = /^(#+)\s+(.*)$/.exec(line);
  return [
    el(`h${Math.min(marks.length + 2, 6)}`, { class: "markdown-heading" }, spans(text)),
    rest,
  ];
}

function leading(lines, pattern) {
  const end = lines.findIndex((line) => !pattern.test(line));
  return end === -1 ? lines.length : end;
}

function quote(lines) {
  const end = leading(lines, /^>/);
  return [
    el("blockquote", {}, blocks(lines.slice(0, end).map((line) => line.replace(/^>\s?/, "")))),
    lines.slice(end),
  ];
}

function list(lines) {
  const end = leading(lines, /^\s*(?:[-*+]|\d+[.)])\s|^\s{2,}\S/);
  const ordered = /^\s*\d/.test(lines[0]);
  const items = lines.slice(0, end).map((line) => item(line));
  return [el(ordered ? "ol" : "ul", { class: "rich-list" }, items), lines.slice(end)];
}

function item(line) {
  const [, indent, text] = /^(\s*)(?:[-*+]|\d+[.)])?\s*(.*)$/.exec(line);
  const task = /^\[([ xX])\]\s+(.*)$/.exec(text);
  const body = task ? [task[1] === " " ? "☐ " : "☑ ", ...spans(task[2])] : spans(text);
  return el("li", { class: `indent-${Math.min(Math.floor(indent.length / 2), 8)}` }, body);
}

function table(lines) {
  const end = leading(lines, /^\|.*\|\s*$/);
  const rows = lines.slice(0, end).map((line) =>
    line
      .trim()
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim()),
  );
  const [head, ...body] = rows.filter((row) => !row.every((cell) => /^:?-+:?$/.test(cell)));
  const line = (tag) => (row) =>
    el(
      "tr",
      {},
      row.map((cell) => el(tag, {}, spans(cell))),
    );
  const drawn = el(
    "table",
    { class: "grid" },
    el("thead", {}, line("th")(head)),
    el("tbody", {}, body.map(line("td"))),
  );
  return [el("div", { class: "grid-scroll" }, drawn), lines.slice(end)];
}

function paragraph(lines) {
  const end = lines.findIndex((line) => BLOCKS.some(({ starts }) => starts.test(line)));
  const close = end === -1 ? lines.length : end;
  const inner = lines
    .slice(0, close)
    .flatMap((line, index) => (index ? [el("br"), ...spans(line)] : spans(line)));
  return [el("p", {}, inner), lines.slice(close)];
}

function blocks(lines) {
  const nodes = [];
  for (let rest = lines; rest.length;) {
    const kind = BLOCKS.find(({ starts }) => starts.test(rest[0]));
    const [node, after] = (kind?.take ?? paragraph)(rest);
    if (node) nodes.push(node);
    rest = after;
  }
  return nodes;
}

/** The nodes of a Markdown text. */
export function markdown(text) {
  return blocks(String(text ?? "").split("\n"));
}
