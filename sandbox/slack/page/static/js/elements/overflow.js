// overflow: a button with three dots and a short menu.

import { confirmed } from "../dialogs.js";
import { el } from "../dom.js";
import { icon } from "../icons.js";
import { openMenu } from "../menus.js";
import { plain } from "../text/objects.js";

/** The menu's button; a choice is told to the app at once. */
export function overflow(element, { changed, name }) {
  const choose = async (option) => {
    if (!(await confirmed(element.confirm))) return;
    if (option.url) window.open(option.url, "_blank", "noopener");
    changed(option.value, node);
  };
  const items = () =>
    (element.options ?? []).map((option) => ({
      name: plain(option.text),
      note: plain(option.description),
      choose: () => choose(option),
    }));
  const node = el(
    "button",
    {
      type: "button",
      class: "icon-button boxed",
      "aria-label": name ? `Options: ${name}` : "Options",
      "aria-haspopup": "menu",
      onclick: () => openMenu(node, items()),
    },
    icon("more"),
  );
  return { node, focusable: node };
}
