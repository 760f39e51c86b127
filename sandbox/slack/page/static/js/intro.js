// How a channel begins: its name and purpose, and what a newcomer can try in it with one click.

import { el, fill } from "./dom.js";
import { icon } from "./icons.js";
import { bot, me, shownChannel, state, tell } from "./state.js";

/** The beginning of the open channel as {node, draw()}. */
export function channelIntro() {
  const node = el("section", { class: "intro", "aria-label": "Beginning of the channel" });
  return { node, draw: () => fill(node, ...parts()) };
}

function parts() {
  const id = shownChannel();
  const channel = state.channels.get(id);
  const name = channel && !channel.is_im ? `#${channel.name}` : (bot()?.name ?? "the app");
  const list = tries(id, channel);
  return [
    el("p", { class: "intro-start" }, `This is the start of ${name}.`),
    channel?.purpose && el("p", { class: "quiet" }, channel.purpose),
    list.length > 0 && el("h2", {}, "Things to try"),
    list.length > 0 &&
      el(
        "ul",
        { class: "tries" },
        list.map((one) => el("li", {}, tryRow(one))),
      ),
  ];
}

function tries(id, channel) {
  if (!channel || channel.is_archived || me().is_external) return [];
  if (!channel.has_app && !channel.is_im) {
    const name = bot()?.name;
    return name ? [{ title: `Add ${name} to this channel`, command: `/invite @${name}` }] : [];
  }
  const [help] = state.commands.filter(({ command }) => command === "/flow");
  const other = help ? [{ title: "What can I do here?", command: "/flow help" }] : [];
  return state.tries[id] ?? other;
}

function tryRow({ title, command }) {
  const compose = (send) => () => tell("compose", { text: command, send });
  const edit = el(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": `Write ${command} into the composer`,
      title: "Write it into the composer",
      onclick: compose(false),
    },
    icon("edit"),
  );
  const run = el(
    "button",
    { type: "button", class: "try", title: "Run it", onclick: compose(true) },
    el("span", {}, title),
    el("code", {}, command),
  );
  return [run, edit];
}
