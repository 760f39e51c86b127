// file_input: files for the app, uploaded when chosen; it reads as their ids.

import { attachedList, uploaded } from "../attaching.js";
import { el } from "../dom.js";

/** A file chooser with the list of what was chosen. */
export function fileInput(element, { id, name, kept }) {
  const files = [...(kept ?? [])];
  const types = (element.filetypes ?? []).map((type) => `.${type}`).join(",");
  const input = el("input", {
    type: "file",
    id,
    class: "input",
    multiple: (element.max_files ?? 10) > 1,
    accept: types || null,
    "aria-label": id ? null : name,
  });
  const { node: list, draw } = attachedList(files, () => {});
  input.addEventListener("change", async () => {
    files.push(...(await uploaded(input.files)));
    input.value = "";
    draw();
  });
  return {
    node: el("div", { class: "file-input" }, input, list),
    focusable: input,
    read: () => files.map((file) => file.id),
    raw: () => files,
  };
}
