// The middle column: a channel's messages and its composer, or the app's own page with its tabs.

import { agentBar } from "./agent.js";
import { read } from "./api.js";
import { canvasPanel } from "./canvas.js";
import { coalesced } from "./coalesced.js";
import { composer } from "./composer.js";
import { counted, el, fill } from "./dom.js";
import { homePanel } from "./home.js";
import { icon } from "./icons.js";
import { channelIntro } from "./intro.js";
import { messageLog } from "./log.js";
import { notice } from "./notices.js";
import { face } from "./people.js";
import { address, bot, on, openChannel, shownChannel, state } from "./state.js";

/** Draws the column once and keeps it up to date. */
export function drawMain() {
  const head = el("header", { class: "main-head" });
  const intro = channelIntro();
  const log = messageLog("Messages", { intro: intro.node });
  const home = homePanel();
  const canvas = canvasPanel();
  const writing = composer({
    id: "composer",
    label: "Message",
    button: "Send",
    spot: () => ({ channel: openChannel() }),
    sent: log.toEnd,
    hasCommands: true,
  });
  const conversation = el("div", { class: "conversation" }, agentBar(), log.node, writing.node);
  fill(document.getElementById("main"), head, home, canvas, conversation);
  const show = coalesced(() => showMessages(log));
  const arrive = () => {
    canvas.hidden = !state.canvas;
    home.hidden = state.place !== "app" || state.tab !== "home";
    conversation.hidden = shownChannel() === null;
    log.reset();
    writing.arrive(placeName());
    fill(head, heading());
    intro.draw();
    return show();
  };
  on("place", arrive);
  on("workspace", () => {
    fill(head, heading());
    intro.draw();
  });
  on("catch-up", show);
  for (const kind of ["message", "message_changed", "message_deleted", "ephemeral"]) {
    on(kind, ({ channel }) => channel === shownChannel() && show());
  }
}

async function showMessages(log) {
  const channel = shownChannel();
  if (!channel) return;
  try {
    const { messages } = await read("messages", { user: state.user, channel });
    if (channel !== shownChannel()) return;
    log.show(messages);
  } catch (refusal) {
    notice(refusal.message, "error");
  }
}

function placeName() {
  const channel = state.channels.get(state.place);
  return channel ? `#${channel.name}` : (bot()?.name ?? "the app");
}

function heading() {
  if (state.place === "app") return appHeading();
  const channel = state.channels.get(state.place);
  if (!channel) return [];
  const notes = [
    counted(channel.members ?? 0, "member"),
    !channel.has_app && "the app is not a member",
    channel.is_ext_shared && "shared with another company",
    channel.is_archived && "archived",
  ];
  return [
    el("h1", {}, icon(channel.is_private ? "lock" : "hash"), channel.name),
    channel.has_canvas && channelTabs(),
    el(
      "span",
      { class: "quiet head-notes" },
      [...notes, channel.purpose].filter(Boolean).join(" · "),
    ),
  ];
}

function channelTabs() {
  return tabs(
    "Pages of the channel",
    tab("Messages", address(), !state.canvas),
    tab("Canvas", address({ canvas: true }), state.canvas),
  );
}

function appHeading() {
  const page = (id, name) =>
    tab(name, address({ place: "app", tab: id, thread: null }), state.tab === id);
  return [
    el("h1", {}, face(bot(), "small"), bot()?.name ?? "App"),
    tabs(
      "Pages of the app",
      state.team.has_home && page("home", "Home"),
      page("messages", "Messages"),
    ),
  ];
}

function tabs(label, ...pages) {
  return el("div", { class: "tabs", role: "tablist", "aria-label": label }, pages);
}

function tab(name, href, isOpen) {
  return el("a", { class: "tab", role: "tab", href, "aria-selected": String(isOpen) }, name);
}
