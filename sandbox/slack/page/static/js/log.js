// A list of messages that is kept as it should be with as little change as possible: what has not
// changed keeps its node, and with it its sorting, its open boxes and the reader's place.

import { el } from "./dom.js";
import { drawMessage } from "./message.js";
import { state } from "./state.js";
import { dayHeading, dayOf, fromTs } from "./text/dates.js";

const TOGETHER_S = 300;
const NEAR_PX = 80;

/** The list as {node, show(messages), reset()}; `inThread` leaves out days and ways into threads. */
export function messageLog(name, { inThread = false } = {}) {
  const list = el("div", { class: "log-list" });
  const node = el("div", { class: "log", role: "log", "aria-label": name, tabindex: "0" }, list);
  const drawn = new Map();
  let atEnd = true;
  const toEnd = () => atEnd && node.scrollTo(0, node.scrollHeight);
  node.addEventListener("scroll", () => {
    atEnd = node.scrollHeight - node.scrollTop - node.clientHeight < NEAR_PX;
  });
  new ResizeObserver(toEnd).observe(list);
  new ResizeObserver(toEnd).observe(node);
  return {
    node,
    reset: () => {
      drawn.clear();
      list.replaceChildren();
      atEnd = true;
    },
    show: (messages) => {
      const nodes = rows(messages, inThread).map((row) => rowNode(row, drawn, inThread));
      settle(list, nodes);
      const kept = new Set(nodes);
      for (const [key, { node: old }] of drawn) if (!kept.has(old)) drawn.delete(key);
      toEnd();
    },
  };
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
