// button and icon_button.

import { confirmed } from "../dialogs.js";
import { el, safeAddress } from "../dom.js";
import { icon } from "../icons.js";
import { plain, textNodes } from "../text/objects.js";

const ICONS = { trash: "trash" };

/** A button; one with a url opens it and still tells the app. */
export function button(element, { changed }) {
  const press = async () => {
    if (!(await confirmed(element.confirm))) return;
    if (element.url) window.open(safeAddress(element.url), "_blank", "noopener");
    changed(element.value ?? null, node);
  };
  const style = ["primary", "danger"].includes(element.style) ? ` button-${element.style}` : "";
  const name = element.accessibility_label ?? null;
  const node = el(
    "button",
    { type: "button", class: `button${style}`, "aria-label": name, onclick: press },
    textNodes(element.text),
  );
  return { node, focusable: node };
}

/** A button that is only a picture, with its words as name. */
export function iconButton(element, { changed }) {
  const press = async () => {
    if (await confirmed(element.confirm)) changed(element.value ?? null, node);
  };
  const name = element.accessibility_label ?? plain(element.text);
  const node = el(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": name,
      title: plain(element.text),
      onclick: press,
    },
    icon(ICONS[element.icon] ?? "more"),
  );
  return { node, focusable: node };
}
