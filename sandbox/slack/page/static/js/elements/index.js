// Every interactive element by its type. A control is {node, focusable, read(), raw(), isGroup?}:
// read() gives what the app is told, raw() what is kept when the view is drawn again.

import { unknown } from "../blocks/unknown.js";
import { button, iconButton } from "./buttons.js";
import { checkboxes, radioButtons } from "./choices.js";
import { datePicker, dateTimePicker, timePicker } from "./moments.js";
import { feedbackButtons } from "./feedback.js";
import { overflow } from "./overflow.js";
import { multiSelect, select } from "./selects.js";
import { fileInput } from "./uploads.js";
import { emailInput, numberInput, textInput, urlInput } from "./writing.js";

const SELECTS = ["static", "external", "users", "conversations", "channels"];

const ELEMENTS = {
  button,
  workflow_button: button,
  icon_button: iconButton,
  feedback_buttons: feedbackButtons,
  overflow,
  checkboxes,
  radio_buttons: radioButtons,
  datepicker: datePicker,
  timepicker: timePicker,
  datetimepicker: dateTimePicker,
  plain_text_input: textInput,
  rich_text_input: textInput,
  email_text_input: emailInput,
  url_text_input: urlInput,
  number_input: numberInput,
  file_input: fileInput,
  ...Object.fromEntries(SELECTS.map((kind) => [`${kind}_select`, select])),
  ...Object.fromEntries(SELECTS.map((kind) => [`multi_${kind}_select`, multiSelect])),
};

/** The control of an element, or null where its type is not known. */
export function drawControl(element, place) {
  if (!Object.hasOwn(ELEMENTS, element?.type)) return null;
  const kept = place.surface.kept?.(place.block.block_id, element.action_id);
  const control = ELEMENTS[element.type](element, {
    ...place,
    kept,
    changed: teller(element, place),
  });
  control.node.dataset.field = `${place.block.block_id}/${element.action_id}`; // to find the focus again
  return control;
}

/** The node of an element outside an input block; its state is reported to the surface too. */
export function drawElement(element, place) {
  const control = drawControl(element, place);
  if (!control)
    return unknown(element, null, `This page does not know the element "${element?.type}".`);
  if (control.read)
    place.surface.field?.({ block: place.block, control, element, required: false });
  return control.node;
}

// In an input block the app is told at submission only, unless `dispatch_action` asks for more.
function teller(element, { block, surface, inInput }) {
  if (inInput && !block.dispatch_action) return () => {};
  return (value, node) => surface.act({ block, element, value, node });
}
