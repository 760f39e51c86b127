// Slack's mrkdwn as nodes: a small parser for section, context and fallback text.

import { el } from "../dom.js";
import { emoji } from "./emoji.js";
import { broadcast, channel, date, link, person } from "./mentions.js";

const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };
const STYLES = { "*": "strong", _: "em", "~": "s" };
const TOKEN = /<([^<>\n]+)>|`([^`\n]+)`|:([a-z0-9_+-]+(?:::skin-tone-\d)?):/;

/** Text with Slack's three entities turned back. */
export function unescaped(text) {
  return text.replace(/&(amp|lt|gt);/g, (entity) => ENTITIES[entity]);
}

/** The nodes of a mrkdwn text. */
export function mrkdwn(text) {
  return String(text ?? "")
    .split(/```\n?([\s\S]*?)\n?```\n?/)
    .flatMap((part, index) =>
      index % 2 ? [el("pre", { class: "code-block" }, unescaped(part))] : quoted(part),
    );
}

function quoted(text) {
  const nodes = [];
  const lines = text.split("\n");
  for (let index = 0; index < lines.length;) {
    const isQuote = lines[index].startsWith("&gt;");
    let end = index;
    while (end < lines.length && lines[end].startsWith("&gt;") === isQuote) end += 1;
    const run = lines.slice(index, end);
    nodes.push(
      ...(isQuote
        ? [el("blockquote", {}, joined(run.map((line) => line.slice(4).trimStart())))]
        : joined(run)),
    );
    index = end;
  }
  return nodes;
}

function joined(lines) {
  return lines.flatMap((line, index) => (index ? [el("br"), ...inline(line)] : inline(line)));
}

/** The nodes of one line: tokens and code first, so that no style reaches into them. */
export function inline(text) {
  const pieces = [];
  let rest = text;
  for (let match = TOKEN.exec(rest); match; match = TOKEN.exec(rest)) {
    pieces.push(rest.slice(0, match.index), token(match));
    rest = rest.slice(match.index + match[0].length);
  }
  pieces.push(rest);
  return styled(pieces.filter((piece) => piece !== ""));
}

// What only looks like a token ("<script>") stays as it was typed.
function token([whole, angled, code, name]) {
  if (angled) return angle(angled);
  if (code) return el("code", {}, unescaped(code));
  const character = emoji(name);
  return character ? el("span", { class: "emoji", title: whole }, character) : whole;
}

function angle(inside) {
  const [target, ...rest] = inside.split("|");
  const label = rest.length ? unescaped(rest.join("|")) : null;
  if (target.startsWith("@")) return person(target.slice(1), label);
  if (target.startsWith("#")) return channel(target.slice(1), label);
  if (target.startsWith("!")) return special(target.slice(1), label);
  return isAddress(target) ? link(unescaped(target), label) : `<${inside}>`;
}

const isAddress = (target) => /^(https?:\/\/|mailto:|tel:)/i.test(target);

function special(command, label) {
  const [name, ...rest] = command.split("^");
  if (name === "date") return date(rest[0], rest[1] ?? "{date}", label, rest[2]);
  if (name === "subteam") return broadcast((label ?? rest[0] ?? "group").replace(/^@/, ""));
  return broadcast(name);
}

// Bold, italic and strike: a mark opens after a border and closes before one, on pieces that may
// hold finished nodes in between ("*see <https://…|this>*").
function styled(pieces) {
  for (const [mark, tag] of Object.entries(STYLES)) {
    const span = outermost(pieces, mark);
    if (span)
      return [...styled(span.before), el(tag, {}, ...styled(span.inside)), ...styled(span.after)];
  }
  return pieces.map((piece) => (typeof piece === "string" ? unescaped(piece) : piece));
}

function outermost(pieces, mark) {
  const places = pieces.flatMap((piece, at) =>
    typeof piece === "string"
      ? [...piece].flatMap((_, offset) => (piece[offset] === mark ? [{ at, offset }] : []))
      : [],
  );
  for (let first = 0; first < places.length; first += 1) {
    if (!opens(pieces, places[first])) continue;
    const last = places.slice(first + 1).find((place) => closes(pieces, place));
    if (last) return cut(pieces, places[first], last);
  }
  return null;
}

const letter = (character) => character !== undefined && /[\p{L}\p{N}]/u.test(character);
const blank = (character) => character === undefined || /\s/.test(character);

function neighbour(pieces, { at, offset }, step) {
  const near = pieces[at][offset + step];
  if (near !== undefined) return near;
  return pieces[at + step] === undefined ? undefined : "\u0000"; // a finished node is no letter and no blank
}

function opens(pieces, place) {
  return !letter(neighbour(pieces, place, -1)) && !blank(neighbour(pieces, place, 1));
}

function closes(pieces, place) {
  return !blank(neighbour(pieces, place, -1)) && !letter(neighbour(pieces, place, 1));
}

function cut(pieces, first, last) {
  const filled = (list) => list.filter((piece) => piece !== "");
  const head = pieces[first.at];
  const tail = pieces[last.at];
  const inside =
    first.at === last.at
      ? [head.slice(first.offset + 1, last.offset)]
      : [
          head.slice(first.offset + 1),
          ...pieces.slice(first.at + 1, last.at),
          tail.slice(0, last.offset),
        ];
  return {
    before: filled([...pieces.slice(0, first.at), head.slice(0, first.offset)]),
    inside: filled(inside),
    after: filled([tail.slice(last.offset + 1), ...pieces.slice(last.at + 1)]),
  };
}
