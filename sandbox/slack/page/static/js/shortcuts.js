// Global shortcuts: the button beside the composer, and running one by name.

import { act } from "./api.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { openMenu } from "./menus.js";
import { notice } from "./notices.js";
import { state } from "./state.js";

/** The button that lists the app's global shortcuts. */
export function shortcutButton() {
  const own = () => state.shortcuts.filter((shortcut) => shortcut.type === "global");
  const items = () => [
    { heading: own().length ? "Shortcuts" : "This app has no global shortcuts" },
    ...own().map((shortcut) => ({
      name: shortcut.name,
      note: shortcut.description,
      choose: () => runShortcut(shortcut),
    })),
  ];
  const button = el(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": "Shortcuts",
      title: "Shortcuts",
      "aria-haspopup": "menu",
      onclick: () => openMenu(button, items(), "Shortcuts"),
    },
    icon("bolt"),
  );
  return button;
}

/** Runs a global shortcut. */
export async function runShortcut(shortcut) {
  await act("shortcut", { user: state.user, callback_id: shortcut.callback_id }).catch((refusal) =>
    notice(refusal.message, "error"),
  );
}
