// Files of a person's own: uploaded to the sandbox at once, sent along by their ids.

import { attach } from "./api.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { notice } from "./notices.js";
import { state } from "./state.js";

/** Uploads the chosen files one after another; what fails is told and left out. */
export async function uploaded(files) {
  const kept = [];
  for (const file of files) {
    try {
      kept.push(await attach(file, state.user));
    } catch (refusal) {
      notice(`${file.name}: ${refusal.message}`, "error");
    }
  }
  return kept;
}

/** A list of attached files, each with a button to leave it out again. */
export function attachedList(kept, changed) {
  const list = el("ul", { class: "attached", "aria-label": "Attached files" });
  const draw = () => {
    list.hidden = kept.length === 0;
    list.replaceChildren(...kept.map((file) => el("li", {}, file.name, leaveOut(file))));
  };
  const leaveOut = (file) =>
    el(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": `Leave out ${file.name}`,
        onclick: () => {
          kept.splice(kept.indexOf(file), 1);
          draw();
          changed();
        },
      },
      icon("close"),
    );
  draw();
  return { node: list, draw };
}

/** A button that opens the browser's file dialog and hands over what was uploaded. */
export function attachButton(take) {
  const input = el("input", { type: "file", multiple: true, hidden: true, "aria-label": "File" });
  input.addEventListener("change", async () => {
    take(await uploaded(input.files));
    input.value = "";
  });
  const button = el(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": "Attach a file",
      title: "Attach a file",
      onclick: () => input.click(),
    },
    icon("clip"),
  );
  return el("span", { class: "attach" }, button, input);
}
