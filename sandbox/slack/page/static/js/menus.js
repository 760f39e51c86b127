// Popup menus, and where a popup goes beside what opened it.

import { el } from "./dom.js";

/** Places a popup under (or, without room, above) its anchor, inside the window. */
export function placePopup(anchor, popup) {
  const { left, right, top, bottom, width } = anchor.getBoundingClientRect();
  popup.style.position = "fixed";
  popup.style.minWidth = `${Math.max(width, 160)}px`;
  const box = popup.getBoundingClientRect();
  const below = bottom + box.height + 8 <= innerHeight || top < box.height + 8;
  const start = left + box.width > innerWidth - 8 ? Math.max(8, right - box.width) : left;
  popup.style.left = `${start}px`;
  popup.style.top = `${below ? bottom + 4 : Math.max(8, top - box.height - 4)}px`;
}

/** Opens a menu at `anchor`; items are {name, note?, checked?, choose()} or {heading}. */
export function openMenu(anchor, items, name = "Menu") {
  const layer = anchor.closest("dialog") ?? document.body; // a modal dialog covers all that is not in it
  const entries = items.map((item) =>
    item.heading
      ? el("div", { class: "menu-heading", role: "presentation" }, item.heading)
      : entry(item),
  );
  const menu = el("div", { class: "popup menu", role: "menu", "aria-label": name }, entries);
  const close = () => {
    menu.remove();
    removeEventListener("pointerdown", outside, true);
    removeEventListener("blur", close);
  };
  const outside = (event) => menu.contains(event.target) || close();
  menu.addEventListener("menu-done", () => {
    close();
    anchor.focus();
  });
  menu.addEventListener("keydown", keys);
  layer.append(menu);
  placePopup(anchor, menu);
  addEventListener("pointerdown", outside, true);
  addEventListener("blur", close);
  (menu.querySelector('[aria-checked="true"]') ?? menu.querySelector("button"))?.focus();
}

function entry({ name, note, checked, choose }) {
  const role = checked === undefined ? "menuitem" : "menuitemradio";
  const press = (event) => {
    event.currentTarget.dispatchEvent(new Event("menu-done", { bubbles: true }));
    choose();
  };
  const words = [el("span", {}, name), note && el("span", { class: "quiet" }, note)];
  return el(
    "button",
    {
      type: "button",
      role,
      "aria-checked": checked === undefined ? null : String(checked),
      tabindex: "-1",
      class: "menu-item",
      onclick: press,
    },
    words,
  );
}

function keys(event) {
  const items = [...event.currentTarget.querySelectorAll("button")];
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (to !== undefined) items[(to + items.length) % items.length].focus();
  else if (event.key === "Escape" || event.key === "Tab")
    event.currentTarget.dispatchEvent(new Event("menu-done"));
  else return;
  event.preventDefault();
  event.stopPropagation();
}
