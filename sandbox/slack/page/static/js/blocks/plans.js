// plan and task_card: work in steps, each with its state in words as well as in colour.

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { link } from "../text/mentions.js";
import { plain, textNodes } from "../text/objects.js";
import { richText } from "../text/richtext.js";

const STATES = {
  pending: ["Pending", null],
  in_progress: ["In progress", null],
  complete: ["Complete", "check"],
  error: ["Failed", "error"],
};

/** A titled list of tasks. */
export function plan(block, surface) {
  const tasks = block.tasks ?? [];
  const done = tasks.filter((task) => task.status === "complete").length;
  return el(
    "section",
    { class: "plan", "aria-label": plain(block.title) },
    el(
      "div",
      { class: "plan-head" },
      el("strong", {}, textNodes(block.title)),
      el("span", { class: "quiet" }, `${done} of ${tasks.length}`),
    ),
    el(
      "ol",
      { class: "plan-tasks" },
      tasks.map((task) => el("li", {}, taskCard(task, surface))),
    ),
  );
}

/** One task with its details, output and sources. */
export function taskCard(block) {
  const [name, mark] = STATES[block.status] ?? [block.status ?? "", null];
  const state = el(
    "span",
    { class: `task-mark task-${block.status}`, role: "img", "aria-label": name, title: name },
    mark && icon(mark),
  );
  const more = [
    part("task-details", block.details),
    part("task-output", block.output),
    sources(block.sources),
  ].filter(Boolean);
  const title = el("span", { class: "task-title" }, textNodes(block.title));
  if (!more.length) return el("div", { class: "task" }, state, title);
  const open = block.status === "in_progress" || block.status === "error";
  return el(
    "details",
    { class: "task", open },
    el("summary", {}, state, title, icon("next")),
    el("div", { class: "task-more" }, more),
  );
}

function part(name, value) {
  if (!value) return null;
  return el(
    "div",
    { class: `${name} rich` },
    value.type === "rich_text" ? richText(value) : textNodes(value),
  );
}

function sources(list) {
  if (!list?.length) return null;
  return el(
    "ul",
    { class: "task-sources" },
    list.map((source) => el("li", {}, link(source.url, source.text))),
  );
}
