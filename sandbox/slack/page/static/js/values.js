// What stands in the fields of a view: for the app, and to be kept when the view is drawn again.

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

/** A function (block_id, action_id) → what was there, or undefined. */
export function keptOf(raws) {
  return (block, action) => raws?.[block]?.[action];
}

/** What is wrong with a field before it is sent, or null. */
export function problemOf({ control, required }) {
  const value = control.read();
  const isEmpty = value === null || value === "" || (Array.isArray(value) && value.length === 0);
  const problem = control.problem?.();
  if (problem) return problem;
  return required && isEmpty ? "Please complete this required field." : null;
}
