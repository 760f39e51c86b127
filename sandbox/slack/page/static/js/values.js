// What stands in the fields of a view: for the app, and to be kept when the view is drawn again.

import { nameOf } from "./state.js";
import { plain } from "./text/objects.js";
import { toWall } from "./text/walltime.js";

/** {block_id: {action_id: raw}} of the fields, for `keptOf`. */
export function rawValues(fields) {
  return collected(fields, (control) => control.raw());
}

/** {block_id: {action_id: value}} of the fields, as a submission carries them. */
export function readValues(fields) {
  return collected(fields, (control) => control.read());
}

function collected(fields, take) {
  const values = {};
  for (const { block, element, control } of fields) {
    const action = (element ?? block.element).action_id;
    (values[block.block_id] ??= {})[action] = take(control);
  }
  return values;
}

/** A function (block_id, action_id) → what was typed, else what the sandbox knows was entered. */
export function keptOf(raws, entered) {
  return (block, action) => raws?.[block]?.[action] ?? rawOf(entered?.[block]?.[action]);
}

// An entry of Slack's `state.values` as a control keeps it; undefined where nothing was entered.
function rawOf(entry) {
  const {
    type = "",
    value,
    selected_date: day,
    selected_time: time,
    selected_date_time: moment,
  } = entry ?? {};
  if (type === "checkboxes" || type === "radio_buttons")
    return options(entry)?.map((option) => option.value);
  if (type.endsWith("_select"))
    return (
      options(entry)?.map(chosen) ?? ids(entry)?.map((id) => ({ value: id, label: nameOf(id) }))
    );
  return value ?? day ?? time ?? (moment ? toWall(moment) : undefined);
}

function options({ selected_option: one, selected_options: many }) {
  return many?.length ? many : one ? [one] : undefined;
}

function ids(entry) {
  const found = Object.entries(entry).find(
    ([name, value]) => name.startsWith("selected_") && value?.length,
  );
  return found && [found[1]].flat();
}

const chosen = (option) => ({ value: option.value, label: plain(option.text) });

/** What is wrong with a field before it is sent, or null. */
export function problemOf({ control, required }) {
  const value = control.read();
  const isEmpty = value === null || value === "" || (Array.isArray(value) && value.length === 0);
  const problem = control.problem?.();
  if (problem) return problem;
  return required && isEmpty ? "Please complete this required field." : null;
}
