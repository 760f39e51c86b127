// An app that is an agent: where the person looks, what is suggested, and how a thread stands.

import { act, read } from "./api.js";
import { coalesced } from "./coalesced.js";
import { el, fill, uniqueId } from "./dom.js";
import { notice, reported } from "./notices.js";
import { address, openChannel, on, state } from "./state.js";

const STATUSES = {
  processing: "Working on it …",
  active: "Done",
  suspended: "Waiting",
  closed: "Closed",
};
const EVENTS = ["place", "thread", "agent", "workspace", "catch-up", "clock", "message"];

let shown = null;
const drawn = [];

const show = coalesced(async () => {
  shown = inConversation() ? await read("agent", { user: state.user }) : null;
  for (const draw of drawn) draw();
});
for (const name of EVENTS) on(name, reported(show));

function inConversation() {
  return Boolean(state.team.is_agent) && state.place === "app" && state.tab === "messages";
}

/** The bar above the messages: the channel in view, and the prompts as buttons. */
export function agentBar() {
  const bar = el("section", { class: "agent-bar", "aria-label": "Agent", hidden: true });
  drawn.push(() => {
    bar.hidden = !shown;
    if (shown) fill(bar, shown.closed ? closed() : [lookingAt(), prompts()]);
  });
  return bar;
}

function closed() {
  return el("p", { class: "quiet" }, `No conversation here: ${shown.closed}.`);
}

function lookingAt() {
  const id = uniqueId("looking");
  const channels = [...state.channels.values()].filter((each) => !each.is_im && !each.is_archived);
  const option = (value, name) => el("option", { value, selected: value === shown.looking }, name);
  const choice = el(
    "select",
    { id, class: "input" },
    option("", "no channel"),
    channels.map((each) => option(each.id, `#${each.name}`)),
  );
  choice.addEventListener("change", () => done("agent/look", { channel: choice.value }));
  return el("div", { class: "agent-looking" }, el("label", { for: id }, "Looking at"), choice);
}

function prompts() {
  const button = (title) =>
    el("button", { type: "button", class: "button agent-prompt", onclick: () => say(title) }, title);
  return el(
    "div",
    { class: "agent-prompts", role: "group", "aria-label": "Suggested prompts" },
    el("span", { class: "quiet" }, shown.heading),
    shown.prompts.map(button),
  );
}

async function say(title) {
  const answer = await done("agent/press", { title });
  if (answer?.thread) location.hash = address({ thread: answer.thread });
}

/** The bar above a thread: what it is called, how it stands, and what stops it. */
export function sessionBar() {
  const bar = el("div", { class: "session-bar", role: "status", hidden: true });
  drawn.push(() => {
    const one = shown?.sessions?.find(({ thread_ts: ts }) => ts === state.thread);
    bar.hidden = !one;
    if (one) fill(bar, session(one));
  });
  return bar;
}

function session(one) {
  const stop = el(
    "button",
    {
      type: "button",
      class: "button",
      onclick: () => done("agent/stop", { thread_ts: one.thread_ts, channel: openChannel() }),
    },
    "Stop",
  );
  return [
    el("span", { class: "session-title" }, one.title),
    el("span", { class: `session-status session-${one.status}` }, one.thinking || words(one)),
    one.status === "processing" && stop,
  ];
}

function words({ status }) {
  return STATUSES[status] ?? status;
}

async function done(what, body) {
  try {
    return await act(what, { user: state.user, ...body });
  } catch (refusal) {
    notice(refusal.message, "error");
    return null;
  }
}
