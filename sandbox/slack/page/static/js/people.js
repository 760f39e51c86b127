// Faces, and the switch for who is typing.

import { el, fill } from "./dom.js";
import { icon } from "./icons.js";
import { openMenu } from "./menus.js";
import { address, me, on, state } from "./state.js";

const HUES = 8;

/** A square with a person's first letter in a colour of their own. */
export function face(user, size = "large") {
  const name = user?.name || user?.id || "?";
  const hue =
    [...(user?.id ?? name)].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % HUES;
  const look = user?.is_bot ? "face-bot" : `face-${hue}`;
  return el(
    "span",
    { class: `face face-${size} ${look}`, "aria-hidden": "true" },
    user?.is_bot ? icon("bolt") : [...name][0].toUpperCase(),
  );
}

/** What somebody is in the workspace, in a word. */
export function role(user) {
  if (user.is_admin) return "admin";
  if (user.is_external) return "partner";
  if (user.is_ultra_restricted || user.is_restricted) return "guest";
  return "member";
}

/** The button that opens the switch. */
export function personButton() {
  const button = el("button", {
    type: "button",
    class: "person-button",
    "aria-haspopup": "menu",
    onclick: () => openMenu(button, choices(), "Who is typing"),
  });
  const draw = () => {
    const { name } = me();
    button.setAttribute("aria-label", `You are ${name}. Switch person`);
    fill(
      button,
      face(me(), "small"),
      el("span", { class: "person-name" }, name),
      el("span", { class: "quiet person-role" }, role(me())),
      icon("down"),
    );
  };
  on("workspace", draw);
  return button;
}

function choices() {
  const people = [...state.people.values()].filter((user) => !user.is_bot && !user.deleted);
  const go = (user) => () => {
    location.hash = address({ user: user.id, thread: null });
  };
  const note = (user) => `${role(user)} · ${user.tz}`;
  return [
    { heading: "Who is typing" },
    ...people.map((user) => ({
      name: user.name,
      note: note(user),
      checked: user.id === state.user,
      choose: go(user),
    })),
  ];
}
