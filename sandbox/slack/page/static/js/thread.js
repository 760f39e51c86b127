// The right column: a message and its replies.

import { sessionBar } from "./agent.js";
import { read } from "./api.js";
import { coalesced } from "./coalesced.js";
import { composer } from "./composer.js";
import { el, fill } from "./dom.js";
import { icon } from "./icons.js";
import { messageLog } from "./log.js";
import { notice } from "./notices.js";
import { address, on, openChannel, state } from "./state.js";

/** Draws the pane once and keeps it up to date. */
export function drawThread() {
  const pane = document.getElementById("thread");
  const log = messageLog("Thread", { inThread: true });
  const close = el(
    "button",
    { type: "button", class: "icon-button", "aria-label": "Close thread", onclick: leave },
    icon("close"),
  );
  const writing = composer({
    id: "reply",
    label: "Reply",
    button: "Reply",
    spot: () => ({ channel: openChannel(), thread_ts: state.thread }),
    sent: log.toEnd,
  });
  fill(
    pane,
    el("header", { class: "pane-head" }, el("h2", {}, "Thread"), close),
    sessionBar(),
    log.node,
    writing.node,
  );
  pane.addEventListener("keydown", (event) => event.key === "Escape" && leave());
  const show = coalesced(() => showThread(log));
  const arrive = () => {
    pane.hidden = !state.thread;
    document.body.classList.toggle("has-thread", Boolean(state.thread));
    log.reset();
    writing.arrive("the thread");
    return show();
  };
  on("place", arrive);
  on("thread", arrive);
  on("catch-up", show);
  for (const kind of ["message", "message_changed", "message_deleted", "ephemeral"]) {
    on(kind, ({ channel }) => state.thread && channel === openChannel() && show());
  }
}

function leave() {
  location.hash = address({ thread: null });
}

async function showThread(log) {
  const thread = state.thread;
  if (!thread) return;
  try {
    const { messages } = await read("messages", {
      user: state.user,
      channel: openChannel(),
      thread_ts: thread,
    });
    if (thread === state.thread) log.show(messages);
  } catch (refusal) {
    notice(refusal.message, "error");
  }
}
