// Modals: the view on top of the person's stack, drawn in one dialog that follows every change.
// What was typed stays with its view, so going back from a pushed view loses nothing.

import { act, read } from "./api.js";
import { drawBlocks } from "./blocks/index.js";
import { coalesced } from "./coalesced.js";
import { el, fill, uniqueId } from "./dom.js";
import { icon } from "./icons.js";
import { reported } from "./notices.js";
import { on, state } from "./state.js";
import { surfaceAt } from "./surfaces.js";
import { plain, textNodes } from "./text/objects.js";
import { keptOf, problemOf, rawValues, readValues } from "./values.js";

const FOCUSABLE = "input, textarea, button";
const shown = { dialog: null, view: null, fields: [], typed: new Map() };

/** Shows the modal that is open for the present person, or none. */
export const syncModal = coalesced(async () => {
  const { view } = await read("view", { user: state.user });
  if (!view) return put(null);
  const same = shown.view?.id === view.id && shown.view.hash === view.hash;
  return same ? undefined : put(view);
});

on("view", reported(syncModal));
on("catch-up", reported(syncModal));

function put(view) {
  if (shown.view) shown.typed.set(shown.view.id, rawValues(shown.fields));
  const before = shown.view;
  shown.view = view;
  shown.fields = [];
  if (!view) return closeDialog();
  shown.dialog ??= newDialog();
  const focused = before?.id === view.id && focusedAction();
  fill(shown.dialog, content(view));
  refocus(focused || null);
  return undefined;
}

function closeDialog() {
  shown.typed.clear();
  shown.dialog?.close();
  shown.dialog?.remove();
  shown.dialog = null;
}

function newDialog() {
  const dialog = el("dialog", { class: "dialog modal" });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    leave();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

function content(view) {
  const id = uniqueId("modal");
  shown.dialog.setAttribute("aria-labelledby", id);
  const surface = surfaceAt(
    { view_id: view.id },
    {
      kept: keptOf(shown.typed.get(view.id), view.entered),
      field: (field) => shown.fields.push(field),
    },
  );
  const back =
    view.previous_view_id &&
    el(
      "button",
      { type: "button", class: "icon-button", "aria-label": "Back", onclick: leave },
      icon("back"),
    );
  return el(
    "form",
    { novalidate: true, onsubmit: submit },
    el(
      "header",
      { class: "dialog-head" },
      back,
      el("h2", { id }, textNodes(view.title)),
      el(
        "button",
        { type: "button", class: "icon-button", "aria-label": "Close", onclick: leaveAll },
        icon("close"),
      ),
    ),
    el("div", { class: "dialog-body" }, drawBlocks(view.blocks, surface)),
    el("p", { class: "dialog-error", role: "alert", hidden: true }),
    el(
      "footer",
      { class: "dialog-foot" },
      el(
        "button",
        { type: "button", class: "button", onclick: leave },
        plain(view.close) || "Cancel",
      ),
      submitButton(view),
    ),
  );
}

function submitButton(view) {
  const hasInputs = view.blocks?.some((block) => block.type === "input");
  return (
    (view.submit || hasInputs) &&
    el("button", { type: "submit", class: "button button-primary" }, plain(view.submit) || "Submit")
  );
}

async function submit(event) {
  event.preventDefault();
  const problems = Object.fromEntries(
    shown.fields
      .map((field) => [field.block.block_id, problemOf(field)])
      .filter(([, problem]) => problem),
  );
  showErrors(problems);
  if (Object.keys(problems).length) return;
  await told(async () => {
    const { errors } = await act("submit", {
      user: state.user,
      view_id: shown.view.id,
      values: readValues(shown.fields),
    });
    showErrors(errors ?? {});
  });
}

function leave() {
  return told(() => act("close", { user: state.user, view_id: shown.view.id }));
}

function leaveAll() {
  return told(() => act("close", { user: state.user, view_id: shown.view.id, everything: true }));
}

async function told(work) {
  const { dialog } = shown;
  const line = dialog.querySelector(".dialog-error");
  dialog.setAttribute("aria-busy", "true");
  line.hidden = true;
  try {
    await work();
    await syncModal();
  } catch (refusal) {
    fill(line, refusal.message);
    line.hidden = false;
  } finally {
    dialog.removeAttribute("aria-busy");
  }
}

function showErrors(errors) {
  for (const { block, showError } of shown.fields) showError?.(errors[block.block_id] ?? null);
  shown.fields.find(({ block }) => errors[block.block_id])?.control.focusable.focus();
}

function focusedAction() {
  return shown.dialog.contains(document.activeElement)
    ? document.activeElement.closest("[data-field]")?.dataset.field
    : null;
}

function refocus(field) {
  const holder = field && shown.dialog.querySelector(`[data-field="${CSS.escape(field)}"]`);
  const wanted = holder && (holder.matches(FOCUSABLE) ? holder : holder.querySelector(FOCUSABLE));
  const first =
    shown.dialog.querySelector("[autofocus], .dialog-body :is(input, textarea)") ??
    shown.dialog.querySelector('[type="submit"]');
  (wanted ?? first)?.focus();
}
