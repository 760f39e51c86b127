// One message: who, when, its blocks or text, its files, its thread, and the menu beside it.

import { act } from "./api.js";
import { attachment } from "./blocks/attachments.js";
import { drawBlocks } from "./blocks/index.js";
import { showJson } from "./dialogs.js";
import { counted, el } from "./dom.js";
import { fileCard } from "./files.js";
import { icon } from "./icons.js";
import { openMenu } from "./menus.js";
import { notice } from "./notices.js";
import { face } from "./people.js";
import { address, state } from "./state.js";
import { surfaceAt } from "./surfaces.js";
import { fromTs, momentOf, timeOf } from "./text/dates.js";
import { withEmoji } from "./text/emoji.js";
import { mrkdwn } from "./text/mrkdwn.js";
import { unfurl } from "./unfurls.js";

/** The node of a message; `compact` leaves out who said it, `inThread` the way into its thread. */
export function drawMessage(message, { compact, inThread }) {
  const author = state.people.get(message.user) ?? {
    id: message.user,
    name: message.name,
    is_bot: message.bot,
  };
  const classes = [
    "message",
    compact && "message-compact",
    message.ephemeral && "message-ephemeral",
  ].filter(Boolean);
  return el(
    "article",
    {
      class: classes.join(" "),
      "aria-label": `${message.name}, ${timeOf(fromTs(message.ts))}`,
      "data-ts": message.ts,
    },
    el("div", { class: "message-side" }, compact ? moment(message) : face(author)),
    el(
      "div",
      { class: "message-main" },
      message.ephemeral && onlyYou(),
      !compact && byline(message, author),
      body(message),
      below(message, inThread),
    ),
    toolbar(message, inThread),
  );
}

function onlyYou() {
  return el("div", { class: "only-you" }, icon("eye"), "Only visible to you");
}

function byline(message, author) {
  return el(
    "div",
    { class: "byline" },
    el("strong", {}, message.name),
    author.is_bot && el("span", { class: "app-mark" }, "APP"),
    moment(message),
  );
}

function moment({ ts }) {
  const date = fromTs(ts);
  return el("time", { datetime: date.toISOString(), title: momentOf(date) }, timeOf(date));
}

function body(message) {
  const spot = { channel: message.channel, ts: message.ts };
  const surface = surfaceAt(spot, { files: (id) => message.files.find((file) => file.id === id) });
  const parts = message.blocks?.length ? drawBlocks(message.blocks, surface) : words(message);
  const attached = (message.attachments ?? []).map((one) =>
    one.is_app_unfurl ? unfurl(one, spot) : attachment(one, surface),
  );
  const files = message.files.map(fileCard);
  return el(
    "div",
    { class: "message-body" },
    parts,
    attached,
    files,
    message.edited && el("span", { class: "edited" }, "(edited)"),
  );
}

function words({ text }) {
  return text ? [el("div", { class: "text" }, mrkdwn(text))] : [];
}

function below(message, inThread) {
  const reactions = Object.entries(message.reactions ?? {}).map(([name, users]) =>
    el(
      "span",
      { class: "chip reaction", title: `:${name}:` },
      withEmoji(`:${name}:`),
      ` ${users.length}`,
    ),
  );
  const replies = !inThread && message.reply_count > 0 && repliesLink(message);
  return reactions.length || replies ? el("div", { class: "below" }, reactions, replies) : null;
}

function repliesLink({ ts, reply_count: count, latest_reply: latest }) {
  const last = latest && el("span", { class: "quiet" }, `last at ${timeOf(fromTs(latest))}`);
  return el(
    "a",
    { class: "replies", href: address({ thread: ts }) },
    el("span", {}, counted(count, "reply", "replies")),
    last,
  );
}

function toolbar(message, inThread) {
  const more = el(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": "More actions",
      title: "More actions",
      "aria-haspopup": "menu",
      onclick: () => openMenu(more, choices(message), "Message actions"),
    },
    icon("more"),
  );
  const thread =
    !inThread &&
    !message.ephemeral &&
    el(
      "a",
      {
        class: "icon-button",
        href: address({ thread: message.ts }),
        "aria-label": "Open thread",
        title: "Open thread",
      },
      icon("reply"),
    );
  return el("div", { class: "toolbar" }, thread, more);
}

function choices(message) {
  const own = message.ephemeral
    ? []
    : state.shortcuts.filter((shortcut) => shortcut.type === "message");
  const run = (shortcut) => async () => {
    const body = {
      user: state.user,
      callback_id: shortcut.callback_id,
      channel: message.channel,
      ts: message.ts,
    };
    await act("shortcut", body).catch((refusal) => notice(refusal.message, "error"));
  };
  return [
    ...own.map((shortcut) => ({
      name: shortcut.name,
      note: shortcut.description,
      choose: run(shortcut),
    })),
    { name: "Copy text", choose: () => navigator.clipboard?.writeText(message.text ?? "") },
    { name: "Show JSON", choose: () => showMessage(message) },
  ];
}

function showMessage(message) {
  const { text, blocks, attachments, metadata } = message;
  const shown = Object.fromEntries(
    Object.entries({ text, blocks, attachments, metadata }).filter(
      ([, value]) => value?.length ?? value,
    ),
  );
  const length = JSON.stringify(blocks ?? []).length;
  showJson(
    "What the app sent",
    shown,
    `${counted(blocks?.length ?? 0, "block")}, ${length} characters of JSON`,
  );
}
