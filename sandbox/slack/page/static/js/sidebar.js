// The left column: channels, and the app with its Home and direct messages.

import { el, fill } from "./dom.js";
import { icon } from "./icons.js";
import { face } from "./people.js";
import { address, bot, on, state } from "./state.js";

/** Draws the column and keeps it up to date. */
export function drawSidebar() {
  for (const name of ["workspace", "place", "unread"]) on(name, draw);
}

function draw() {
  const all = [...state.channels.values()];
  const channels = all.filter((channel) => !channel.is_im && !channel.is_archived);
  const archived = all.filter((channel) => channel.is_archived);
  fill(
    document.getElementById("sidebar"),
    group("Channels", channels.map(channelLink)),
    archived.length > 0 && group("Archived", archived.map(channelLink)),
    group("Apps", [appLink()]),
  );
}

function group(name, links) {
  return el(
    "section",
    {},
    el("h2", {}, name),
    el(
      "ul",
      {},
      links.map((link) => el("li", {}, link)),
    ),
  );
}

function channelLink(channel) {
  const name = `#${channel.name}`;
  const mark = el("span", { class: "channel-mark" }, icon(channel.is_private ? "lock" : "hash"));
  const notes =
    channel.is_ext_shared &&
    el("span", { class: "channel-note", title: "Shared with another company" }, "shared");
  return entry(name, { place: channel.id }, channel.id, mark, [
    el("span", { class: "channel-name" }, channel.name),
    notes,
  ]);
}

function appLink() {
  const name = bot()?.name ?? "App";
  const direct = [...state.channels.values()].find((channel) => channel.is_im);
  return entry(name, { place: "app" }, direct?.id, face(bot(), "small"), [
    el("span", { class: "channel-name" }, name),
  ]);
}

function entry(name, where, channel, mark, words) {
  const unread = state.unread.get(channel) ?? 0;
  const badge =
    unread > 0 &&
    el("span", { class: "badge", "aria-hidden": "true" }, unread > 99 ? "99+" : unread);
  return el(
    "a",
    {
      class: `entry${unread ? " entry-unread" : ""}`,
      href: address({ ...where, thread: null }),
      "aria-label": name,
      "aria-description": unread ? `${unread} unread` : null,
      "aria-current": where.place === state.place ? "page" : null,
    },
    mark,
    words,
    badge,
  );
}
