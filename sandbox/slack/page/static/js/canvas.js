// A channel's canvas: drawn as people read it, and edited as the markdown that it is made of.

import { act, read } from "./api.js";
import { coalesced } from "./coalesced.js";
import { el, fill } from "./dom.js";
import { reported } from "./notices.js";
import { on, state } from "./state.js";
import { markdown } from "./text/markdown.js";

/** The panel for the canvas of the channel in front, drawn anew whenever somebody writes in it. */
export function canvasPanel() {
  const panel = el("section", {
    class: "canvas",
    "aria-label": "Canvas",
    tabindex: "0",
    hidden: true,
  });
  let editing = false;
  const show = coalesced(async () => {
    if (!state.canvas || editing) return;
    const { markdown: text } = await read("canvas", { user: state.user, channel: state.place });
    fill(panel, shown(text, () => edit(text)));
  });
  const leave = () => {
    editing = false;
    return show();
  };
  const edit = (text) => {
    editing = true;
    fill(panel, written(text ?? "", leave));
  };
  on("place", reported(leave));
  for (const name of ["canvas", "catch-up"]) on(name, reported(show));
  return panel;
}

function shown(text, edit) {
  const body = text === null ? el("p", { class: "empty" }, "This channel has no canvas yet.") : null;
  return [
    el("div", { class: "canvas-page" }, body ?? markdown(text)),
    el("div", { class: "canvas-buttons" }, button("Edit", edit)),
  ];
}

function written(text, leave) {
  const input = el("textarea", { class: "canvas-text", "aria-label": "Text of the canvas" });
  input.value = text;
  const save = reported(async () => {
    await act("canvas", { user: state.user, channel: state.place, markdown: input.value });
    await leave();
  });
  return [
    input,
    el("div", { class: "canvas-buttons" }, button("Save", save), button("Cancel", leave)),
  ];
}

function button(name, onclick) {
  return el("button", { type: "button", class: "button", onclick }, name);
}
