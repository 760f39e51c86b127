// People, channels, links and dates inside text, whichever notation they came in.

import { el } from "../dom.js";
import { state } from "../state.js";
import { filledDate, momentOf } from "./dates.js";

/** A person's mention; the viewer's own stands out. */
export function person(id, label) {
  const name = state.people.get(id)?.name ?? label ?? id;
  return el("span", { class: `mention${id === state.user ? " mention-me" : ""}` }, `@${name}`);
}

/** A channel's mention, a link where the viewer can open it. */
export function channel(id, label) {
  const known = state.channels.get(id);
  const text = `#${known?.name ?? label ?? id}`;
  if (!known) return el("span", { class: "mention" }, text);
  return el("a", { class: "mention", href: `#/${state.user}/${id}` }, text);
}

/** @channel, @here, @everyone or a user group: the mentions that page many people. */
export function broadcast(text) {
  return el("span", { class: "mention mention-loud" }, `@${text}`);
}

/** A link that opens in a new tab. */
export function link(address, text) {
  return el(
    "a",
    { href: address, target: "_blank", rel: "noopener noreferrer", class: "link" },
    text || address,
  );
}

/** A date token as the viewer reads it, with the moment in full as tooltip. */
export function date(unix, format, fallback, address) {
  const moment = new Date(Number(unix) * 1000);
  const valid = !Number.isNaN(moment.getTime());
  const shown = el(
    "time",
    { datetime: valid ? moment.toISOString() : null, title: valid ? momentOf(moment) : null },
    filledDate(unix, format, fallback),
  );
  return address ? link(address, shown) : shown;
}
