// Live: the sandbox says what has changed, and the parts of the page that show it read it again.
// So nothing is lost across a reconnect: on every (re)connect all shown parts are read once more.

import { reported } from "./notices.js";
import { on, readWorkspace, shownChannel, state, tell } from "./state.js";

const KINDS = [
  "message",
  "message_changed",
  "message_deleted",
  "ephemeral",
  "view",
  "home",
  "clock",
  "vendor_call",
  "bot_status",
  "members",
  "canvas",
  "execution",
  "agent",
];

let source = null;

/** Follows the changes that the present person can see. */
export function follow() {
  source?.close();
  source = new EventSource(`/page/api/stream?user=${encodeURIComponent(state.user)}`);
  let known = false;
  source.addEventListener("hello", () => {
    document.body.dataset.live = "yes";
    if (known) tell("catch-up");
    known = true;
  });
  source.addEventListener("error", () => {
    document.body.dataset.live = "no";
  });
  for (const kind of KINDS)
    source.addEventListener(kind, ({ data }) => tell(kind, JSON.parse(data)));
}

for (const kind of ["catch-up", "members", "canvas"]) on(kind, reported(readWorkspace));

for (const kind of ["message", "ephemeral"]) {
  on(kind, ({ channel }) => {
    if (!state.channels.has(channel)) reported(readWorkspace)();
    if (channel === shownChannel()) return;
    state.unread.set(channel, (state.unread.get(channel) ?? 0) + 1);
    tell("unread");
  });
}

on("place", () => {
  state.unread.delete(shownChannel());
  tell("unread");
});
