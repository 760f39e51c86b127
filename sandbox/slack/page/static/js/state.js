// What the page knows: who is looking, where, and the workspace as last read. One object, few verbs.

import { read } from "./api.js";

export const state = {
  user: null, // id of the person who is typing
  place: null, // id of the open channel, or "app"
  tab: "messages", // of the app's own page: "home" or "messages"
  canvas: false, // whether the channel's canvas is in front of its messages
  thread: null, // ts of the open thread's parent
  team: {},
  people: new Map(),
  channels: new Map(),
  commands: [],
  shortcuts: [],
  tries: {}, // by channel id: what a newcomer can try there, as [{title, command}]
  unread: new Map(), // channel id -> messages that came while it was not open
};

const CANVAS = "-canvas"; // after a channel's id in the address bar
const watchers = new Map();

/** Calls `watcher` whenever something of that name ("place", "workspace", "thread", …) changed. */
export function on(name, watcher) {
  watchers.set(name, [...(watchers.get(name) ?? []), watcher]);
}

/** Says that something of that name changed. */
export function tell(name, detail) {
  for (const watcher of watchers.get(name) ?? []) watcher(detail);
}

/** Reads the workspace as the present person sees it. */
export async function readWorkspace() {
  const seen = await read("state", { user: state.user });
  state.user = seen.me;
  state.team = seen.team;
  state.people = new Map(seen.users.map((user) => [user.id, user]));
  state.channels = new Map(seen.channels.map((channel) => [channel.id, channel]));
  state.commands = seen.commands;
  state.shortcuts = seen.shortcuts;
  state.tries = seen.tries;
  tell("clock", seen);
  tell("workspace");
}

/** The person who is typing. */
export function me() {
  return state.people.get(state.user) ?? { id: state.user, name: "", tz: "UTC", locale: "en-GB" };
}

/** How the page writes dates and figures: in English, as British or American people do. */
export function habit() {
  return me().locale === "en-US" ? "en-US" : "en-GB";
}

/** How a time of day is written: 9:05 am there, 09:05 here. */
export function clockFace() {
  return { hour: habit() === "en-US" ? "numeric" : "2-digit", minute: "2-digit" };
}

/** The app's own user, whose direct message and Home share one page. */
export function bot() {
  return [...state.people.values()].find((user) => user.is_bot);
}

/** The id of the channel whose messages are shown, or null on Home and on a canvas. */
export function shownChannel() {
  const hidden = state.canvas || (state.place === "app" && state.tab === "home");
  return hidden ? null : openChannel();
}

/** The id of the channel in front, Home's being the direct message with the app. */
export function openChannel() {
  if (state.place !== "app") return state.place;
  return [...state.channels.values()].find((channel) => channel.is_im)?.id ?? bot()?.id ?? null;
}

/** What a person or channel of that id is called; an unknown id is its own name. */
export function nameOf(id) {
  const channel = state.channels.get(id);
  if (channel) return channel.is_im ? `Direct message with ${bot()?.name}` : `#${channel.name}`;
  return state.people.get(id)?.name ?? id;
}

/** Where the page is, as the address bar shows it. */
export function address({
  user = state.user,
  place = state.place,
  tab = state.tab,
  canvas = false,
  thread = null,
} = {}) {
  const spot = place === "app" ? `app-${tab}` : `${place}${canvas ? CANVAS : ""}`;
  return `#/${user}/${spot}${thread ? `/${thread}` : ""}`;
}

/** Takes the place from the address bar; says whether a person was named in it. */
export function takeAddress() {
  const [, user, spot = "", thread] = location.hash.split("/");
  const inApp = spot.startsWith("app-");
  state.canvas = !inApp && spot.endsWith(CANVAS);
  state.place = inApp ? "app" : spot.replace(CANVAS, "") || state.place;
  if (inApp) state.tab = spot.slice(4) === "home" ? "home" : "messages";
  state.thread = thread ?? null;
  const changed = Boolean(user) && user !== state.user;
  if (user) state.user = user;
  return changed;
}
