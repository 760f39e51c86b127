// rich_text: sections, lists, quotes and code, with every inline element.

import { el } from "../dom.js";
import { emoji } from "./emoji.js";
import { broadcast, channel, date, link, person } from "./mentions.js";

const TAGS = {
  code: "code",
  bold: "strong",
  italic: "em",
  strike: "s",
  underline: "u",
  highlight: "mark",
};

const INLINE = {
  text: ({ text }) => text,
  link: ({ url, text }) => link(url, text),
  emoji: ({ name, unicode }) =>
    el(
      "span",
      { class: "emoji", title: `:${name}:` },
      emoji(name) ?? fromCodepoints(unicode) ?? `:${name}:`,
    ),
  user: ({ user_id: id }) => person(id),
  channel: ({ channel_id: id }) => channel(id),
  usergroup: ({ usergroup_id: id }) => broadcast(id),
  broadcast: ({ range }) => broadcast(range),
  date: ({ timestamp, format, fallback, url }) => date(timestamp, format, fallback, url),
  color: ({ value }) => swatch(value),
};

function fromCodepoints(unicode) {
  return /^[0-9a-f]+(-[0-9a-f]+)*$/i.test(unicode ?? "")
    ? String.fromCodePoint(...unicode.split("-").map((code) => Number.parseInt(code, 16)))
    : null;
}

function swatch(value) {
  const square = el("span", { class: "swatch", "aria-hidden": "true" });
  square.style.backgroundColor = value;
  return el("span", {}, square, value);
}

function inlineNode(element) {
  const draw = INLINE[element.type];
  const node = draw
    ? draw(element)
    : el("code", { class: "unknown-inline" }, JSON.stringify(element));
  return Object.entries(TAGS).reduce(
    (inner, [style, tag]) => (element.style?.[style] ? el(tag, {}, inner) : inner),
    node,
  );
}

function inlineNodes(elements) {
  return (elements ?? []).map(inlineNode); // line breaks are kept by the style sheet
}

const SECTIONS = {
  rich_text_section: ({ elements }) => el("p", { class: "rich-line" }, inlineNodes(elements)),
  rich_text_quote: ({ elements }) => el("blockquote", {}, inlineNodes(elements)),
  rich_text_preformatted: ({ elements }) =>
    el("pre", { class: "code-block" }, inlineNodes(elements)),
  rich_text_list: list,
};

function list({ style, indent = 0, offset = 0, border, elements }) {
  const tag = style === "ordered" ? "ol" : "ul";
  const marks = `rich-list indent-${Math.min(indent, 8)}${border ? " rich-border" : ""}`;
  const items = (elements ?? []).map((item) => el("li", {}, inlineNodes(item.elements)));
  return el(tag, { class: marks, start: tag === "ol" ? offset + 1 : null }, items);
}

/** The nodes of a rich_text block (or of a rich_text cell). */
export function richText({ elements }) {
  return (elements ?? []).map((part) => {
    const draw = SECTIONS[part.type];
    return draw ? draw(part) : el("code", { class: "unknown-inline" }, JSON.stringify(part));
  });
}
