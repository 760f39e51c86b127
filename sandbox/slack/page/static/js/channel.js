// The middle column: a channel's messages and its composer, or the app's own page with its tabs.

import { read } from "./api.js";
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
  const writing = composer({
    id: "composer",
    label: "Message",
    button: "Send",
    spot: () => ({ channel: openChannel() }),
    sent: log.toEnd,
    hasCommands: true,
  });
  const conversation = el("div", { class: "conversation" }, log.node, writing.node);
  fill(document.getElementById("main"), head, home, conversation);
  const show = coalesced(() => showMessages(log));
  const arrive = () => {
    const onHome = shownChannel() === null;
    home.hidden = !onHome;
    conversation.hidden = onHome;
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
    el(
      "span",
      { class: "quiet head-notes" },
      [...notes, channel.purpose].filter(Boolean).join(" · "),
    ),
  ];
}

function appHeading() {
  const tab = (id, name) =>
    el(
      "a",
      {
        class: "tab",
        role: "tab",
        href: address({ place: "app", tab: id, thread: null }),
        "aria-selected": String(state.tab === id),
      },
      name,
    );
  return [
    el("h1", {}, face(bot(), "small"), bot()?.name ?? "App"),
    el(
      "div",
      { class: "tabs", role: "tablist", "aria-label": "Pages of the app" },
      state.team.has_home && tab("home", "Home"),
      tab("messages", "Messages"),
    ),
  ];
}
