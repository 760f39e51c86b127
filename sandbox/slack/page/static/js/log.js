// A list of messages that is kept as it should be with as little change as possible: what has not
// changed keeps its node, and with it its sorting, its open boxes and the reader's place.

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { drawMessage } from "./message.js";
import { state } from "./state.js";
import { dayHeading, dayOf, fromTs } from "./text/dates.js";

const TOGETHER_S = 300;
const NEAR_PX = 80;

/**
 * The list as {node, show(messages), reset(), toEnd()}. `inThread` leaves out days and ways into
 * threads; `intro` stands before the first message. Whoever is at the end stays there as messages
 * come; to whoever reads further up a button says that there are new ones.
 */
export function messageLog(name, { inThread = false, intro = null } = {}) {
  const list = el("div", { class: "log-list" });
  const log = el("div", { class: "log", role: "log", "aria-label": name, tabindex: "0" }, list);
  const drawn = new Map();
  let newest = "";
  let atEnd = true;
  const follow = () => atEnd && log.scrollTo(0, log.scrollHeight);
  const toEnd = () => {
    atEnd = true;
    news.hidden = true;
    follow();
  };
  const news = newsButton(toEnd);
  log.addEventListener("scroll", () => {
    atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_PX;
    if (atEnd) news.hidden = true;
  });
  new ResizeObserver(follow).observe(list);
  new ResizeObserver(follow).observe(log);
  return {
    node: el("div", { class: "log-frame" }, log, news),
    toEnd,
    reset: () => {
      drawn.clear();
      list.replaceChildren();
      newest = "";
      toEnd();
    },
    show: (messages) => {
      const nodes = rows(messages, inThread).map((row) => rowNode(row, drawn, inThread));
      settle(list, [intro, ...nodes].filter(Boolean));
      const kept = new Set(nodes);
      for (const [key, { node: old }] of drawn) if (!kept.has(old)) drawn.delete(key);
      const last = messages.at(-1)?.ts ?? "";
      if (newest && last > newest && !atEnd) news.hidden = false;
      newest = last;
      follow();
    },
  };
}

function newsButton(press) {
  return el(
    "button",
    { type: "button", class: "news", hidden: true, onclick: press },
    "New messages",
    icon("down"),
  );
}

// Messages with the day headings between them, each with the key and the signature of its node.
function rows(messages, inThread) {
  return messages.flatMap((message, index) => {
    const before = messages[index - 1];
    const date = fromTs(message.ts);
    const newDay = !inThread && (!before || dayOf(fromTs(before.ts)) !== dayOf(date));
    const compact = !newDay && index > 0 && together(before, message);
    const row = {
      key: message.ts,
      message,
      compact,
      signature: JSON.stringify([message, compact, state.user]),
    };
    return newDay
      ? [{ key: `day ${dayOf(date)}`, heading: dayHeading(date), signature: dayHeading(date) }, row]
      : [row];
  });
}

function together(before, message) {
  const near = Number(message.ts) - Number(before.ts) < TOGETHER_S;
  if (before.blocks?.length || message.blocks?.length) return false; // a card of blocks stands alone
  return (
    near &&
    before.user === message.user &&
    before.name === message.name &&
    !before.ephemeral &&
    !message.ephemeral
  );
}

function rowNode(row, drawn, inThread) {
  const known = drawn.get(row.key);
  if (known?.signature === row.signature) return known.node;
  const node = row.heading
    ? el("h2", { class: "day" }, el("span", {}, row.heading))
    : drawMessage(row.message, { compact: row.compact, inThread });
  drawn.set(row.key, { node, signature: row.signature });
  return node;
}

function settle(list, nodes) {
  nodes.forEach((node, index) => {
    if (list.children[index] !== node) list.insertBefore(node, list.children[index] ?? null);
  });
  while (list.childElementCount > nodes.length) list.lastElementChild.remove();
}
