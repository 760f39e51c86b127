// Completing what is typed: commands with their usage hints, global shortcuts, people and channels.

import { el, fill, uniqueId } from "./dom.js";
import { runShortcut } from "./shortcuts.js";
import { state } from "./state.js";

const SHOWN = 12;

/** {node, hint, key(event), close()}; key() says whether it took the key. */
export function completion(box, { hasCommands }) {
  const list = el("div", {
    class: "completion",
    role: "listbox",
    id: uniqueId("completion"),
    "aria-label": "Suggestions",
    hidden: true,
  });
  const hint = el("span", { class: "usage", id: uniqueId("usage") });
  box.setAttribute("aria-controls", list.id);
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-describedby", hint.id);
  let rows = [];
  let active = 0;
  const close = () => {
    rows = [];
    list.hidden = true;
    box.removeAttribute("aria-activedescendant");
  };
  const mark = (index) => {
    active = (index + rows.length) % rows.length;
    rows.forEach(({ node }, at) => node.setAttribute("aria-selected", String(at === active)));
    rows[active].node.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", rows[active].node.id);
  };
  const choose = (row) => {
    close();
    row.take(box);
    box.dispatchEvent(new Event("input"));
    box.focus();
  };
  // What is typed in full needs no completing: Enter sends it.
  const isTyped = () => {
    const [word] = /\S*$/.exec(box.value.slice(0, box.selectionStart));
    return word.toLowerCase() === rows[active].name.toLowerCase();
  };
  const look = () => {
    fill(hint, hasCommands ? usage(box.value) : "");
    const found = suggestions(box, hasCommands).slice(0, SHOWN);
    if (!found.length) return close();
    rows = found.map((row) => ({ ...row, node: rowNode(row, () => choose(row)) }));
    fill(
      list,
      rows.map(({ node }) => node),
    );
    list.hidden = false;
    return mark(0);
  };
  box.addEventListener("input", look);
  box.addEventListener("blur", close);
  const key = (event) => {
    if (list.hidden) return false;
    if (event.key === "ArrowDown" || event.key === "ArrowUp")
      mark(active + (event.key === "ArrowDown" ? 1 : -1));
    else if (event.key === "Escape") close();
    else if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey && !isTyped()))
      choose(rows[active]);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  return { node: list, hint, key, close };
}

function rowNode({ name, hint, note }, press) {
  const node = el(
    "div",
    { role: "option", id: uniqueId("suggestion"), class: "suggestion", "aria-selected": "false" },
    el(
      "span",
      { class: "suggestion-name" },
      el("strong", {}, name),
      hint && el("span", { class: "suggestion-hint" }, ` ${hint}`),
    ),
    note && el("span", { class: "quiet" }, note),
  );
  node.addEventListener("mousedown", (event) => {
    event.preventDefault();
    press();
  });
  return node;
}

function usage(text) {
  const typed = text.toLowerCase();
  const command = state.commands.find((each) => typed.startsWith(`${each.command} `));
  return command ? [el("code", {}, command.command), ` ${command.usage_hint ?? ""}`] : [];
}

function suggestions(box, hasCommands) {
  const before = box.value.slice(0, box.selectionStart);
  if (hasCommands && /^\/\S*$/.test(box.value)) return commands(box.value.toLowerCase());
  const [, mark, start] = /(?:^|\s)([@#])([\p{L}\p{N}._-]*)$/u.exec(before) ?? [];
  if (mark === "@") return people(start.toLowerCase());
  return mark === "#" ? channels(start.toLowerCase()) : [];
}

function commands(start) {
  const fits = state.commands.filter(({ command }) => command.startsWith(start));
  const shortcuts = state.shortcuts.filter(
    ({ type, name }) => type === "global" && `/${name}`.toLowerCase().includes(start.slice(1)),
  );
  return [
    ...fits.map((each) => ({
      name: each.command,
      hint: each.usage_hint,
      note: each.description,
      take: writeAll(`${each.command} `),
    })),
    ...shortcuts.map((each) => ({
      name: each.name,
      note: "Shortcut",
      take: (box) => runFrom(box, each),
    })),
  ];
}

const people = (start) =>
  [...state.people.values()]
    .filter((user) => !user.deleted && user.name.toLowerCase().startsWith(start))
    .map((user) => ({
      name: `@${user.name}`,
      note: user.is_bot ? "app" : user.tz,
      take: writeWord(`@${/\s/.test(user.name) ? user.handle : user.name} `),
    }));

const channels = (start) =>
  [...state.channels.values()]
    .filter((channel) => !channel.is_im && channel.name.startsWith(start))
    .map((channel) => ({ name: `#${channel.name}`, take: writeWord(`#${channel.name} `) }));

const writeAll = (text) => (box) => {
  box.value = text;
};

const writeWord = (text) => (box) => {
  const before = box.value.slice(0, box.selectionStart).replace(/[@#][^@#\s]*$/, text);
  box.value = before + box.value.slice(box.selectionStart);
  box.setSelectionRange(before.length, before.length);
};

function runFrom(box, shortcut) {
  box.value = "";
  runShortcut(shortcut);
}
