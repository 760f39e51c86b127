// feedback_buttons: a thumb up and a thumb down.

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { plain } from "../text/objects.js";

/** Two buttons of which the last pressed stays marked. */
export function feedbackButtons(element, { changed }) {
  const thumbs = [
    ["thumbsup", element.positive_button],
    ["thumbsdown", element.negative_button],
  ].filter(([, choice]) => choice);
  const buttons = thumbs.map(([mark, choice]) =>
    thumb(mark, choice, (pressed) => {
      for (const button of buttons) button.setAttribute("aria-pressed", String(button === pressed));
      changed(choice.value ?? null, pressed);
    }),
  );
  const node = el("span", { class: "feedback", role: "group", "aria-label": "Feedback" }, buttons);
  return { node, focusable: buttons[0] ?? node };
}

function thumb(mark, choice, press) {
  const name = choice.accessibility_label ?? plain(choice.text);
  const attributes = {
    type: "button",
    class: "icon-button",
    "aria-label": name,
    title: plain(choice.text),
    "aria-pressed": "false",
  };
  return el(
    "button",
    { ...attributes, onclick: (event) => press(event.currentTarget) },
    icon(mark),
  );
}
