// datepicker, timepicker and datetimepicker, by the browser's own pickers.

import { confirmed } from "../dialogs.js";
import { el } from "../dom.js";
import { plain } from "../text/objects.js";
import { fromWall, toWall } from "../text/walltime.js";

/** A day; it reads as "YYYY-MM-DD" or null. */
export function datePicker(element, place) {
  return picker("date", element, place, { first: element.initial_date, toValue: (text) => text });
}

/** A time of day; it reads as "HH:MM" or null. */
export function timePicker(element, place) {
  return picker("time", element, place, { first: element.initial_time, toValue: (text) => text });
}

/** A moment in the viewer's zone; it reads as seconds since 1970 or null. */
export function dateTimePicker(element, place) {
  const first = element.initial_date_time && toWall(element.initial_date_time);
  return picker("datetime-local", element, place, { first, toValue: fromWall });
}

function picker(type, element, { id, name, kept, changed }, { first, toValue }) {
  const label = name || plain(element.placeholder) || "Date";
  const node = el("input", { type, id, class: "input picker", "aria-label": id ? null : label });
  node.value = kept ?? first ?? "";
  let before = node.value;
  const read = () => (node.value ? toValue(node.value) : null);
  node.addEventListener("change", async () => {
    if (!(await confirmed(element.confirm))) node.value = before;
    else if (node.value) changed(read(), node);
    before = node.value;
  });
  return { node, focusable: node, read, raw: () => node.value };
}
