// checkboxes and radio_buttons.

import { confirmed } from "../dialogs.js";
import { el, uniqueId } from "../dom.js";
import { textNodes } from "../text/objects.js";

const values = (options) => (options ?? []).map((option) => option.value);

/** A group of boxes; it reads as the list of values that are ticked. */
export function checkboxes(element, place) {
  return group("checkbox", element, place, {
    chosen: place.kept ?? values(element.initial_options),
    read: (ticked) => ticked,
  });
}

/** A group of which one can be chosen; it reads as that value or null. */
export function radioButtons(element, place) {
  return group("radio", element, place, {
    chosen: place.kept ?? values([element.initial_option].filter(Boolean)),
    read: (ticked) => ticked[0] ?? null,
  });
}

function group(type, element, { id, changed, name }, { chosen, read }) {
  const shared = uniqueId("choice");
  const options = (element.options ?? []).map((option) =>
    choice(type, shared, option, chosen.includes(option.value)),
  );
  const ticked = () => options.filter(({ box }) => box.checked).map(({ value }) => value);
  let before = ticked();
  const change = async () => {
    if (await confirmed(element.confirm)) changed(read(ticked()), node);
    else for (const { box, value } of options) box.checked = before.includes(value);
    before = ticked();
  };
  const role = type === "radio" ? "radiogroup" : "group";
  const node = el(
    "div",
    { class: "choices", role, id, "aria-label": name || null, onchange: change },
    options.map(({ row }) => row),
  );
  return { node, focusable: node, isGroup: true, read: () => read(ticked()), raw: ticked };
}

function choice(type, name, option, checked) {
  const box = el("input", { type, name });
  box.checked = checked;
  const words = el(
    "span",
    {},
    textNodes(option.text),
    option.description && el("span", { class: "choice-more" }, textNodes(option.description)),
  );
  return { box, value: option.value, row: el("label", { class: "choice" }, box, words) };
}
