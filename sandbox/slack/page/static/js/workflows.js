// Workflow Builder: a workflow of one step is built with its pick lists, run by the person who is
// typing, and its outputs are seen. A step that nobody ends is seen in progress.

import { act, read } from "./api.js";
import { coalesced } from "./coalesced.js";
import { el, fill, uniqueId } from "./dom.js";
import { icon } from "./icons.js";
import { notice } from "./notices.js";
import { me, on, state } from "./state.js";

const WHO_RUNS = "{{person}}";
const panel = document.getElementById("workflows");
const builder = el("div", { class: "workflow-builder" });
const ran = el("ol", { class: "workflow-runs", "aria-label": "Steps that were carried out" });
let steps = [];
let chosen = null;

/** Draws the (closed) panel and keeps it up to date while it is open. */
export function drawWorkflows() {
  const close = el(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": "Close workflows",
      onclick: () => open(false),
    },
    icon("close"),
  );
  fill(
    panel,
    el("header", { class: "pane-head" }, el("h2", {}, "Workflow Builder"), close),
    el("div", { class: "drawer-body" }, builder, ran),
  );
  panel.addEventListener("keydown", (event) => event.key === "Escape" && open(false));
  for (const kind of ["execution", "catch-up"]) on(kind, show);
  on("workspace", async () => {
    const { steps: known } = await read("workflows");
    document.getElementById("workflows-button").hidden = !known.length;
  });
}

/** The button that opens the panel; hidden for an app without steps. */
export function workflowsButton() {
  return el(
    "button",
    {
      type: "button",
      class: "icon-button",
      id: "workflows-button",
      "aria-label": "Workflow Builder",
      title: "Workflow Builder",
      "aria-expanded": "false",
      "aria-controls": "workflows",
      hidden: true,
      onclick: () => open(panel.hidden),
    },
    icon("flow"),
  );
}

function open(wanted) {
  panel.hidden = !wanted;
  document.getElementById("workflows-button").setAttribute("aria-expanded", String(wanted));
  show();
}

const show = coalesced(async () => {
  if (panel.hidden) return;
  try {
    const found = await read("workflows");
    steps = found.steps;
    if (!builder.childElementCount && steps.length) build(steps[0]);
    fill(ran, found.executions.map(execution));
  } catch (refusal) {
    notice(refusal.message, "error");
  }
});

function build(step) {
  chosen = { step, values: {} };
  const id = uniqueId("step");
  const picker = el(
    "select",
    { id, class: "input" },
    steps.map(({ id: value, title }) =>
      el("option", { value, selected: value === step.id }, title),
    ),
  );
  picker.addEventListener("change", () => build(steps.find((one) => one.id === picker.value)));
  const scheduled = el("input", { type: "checkbox", id: uniqueId("scheduled") });
  const run = el("button", { type: "button", class: "button button-primary" }, "Run the workflow");
  run.addEventListener("click", async () => {
    const wanted = { user: state.user, step: step.id, values: given() };
    await act("workflows/run", { ...wanted, on_schedule: scheduled.checked }).catch((refusal) =>
      notice(refusal.message, "error"),
    );
    show();
  });
  fill(
    builder,
    el("label", { for: id, class: "workflow-field" }, el("span", {}, "Step"), picker),
    el("p", { class: "quiet" }, step.description),
    step.inputs.filter(({ type }) => !type.endsWith("/interactivity")).map(field),
    el(
      "label",
      { class: "switch switch-bool", for: scheduled.id },
      el("span", {}, "On a schedule: nobody starts it"),
      scheduled,
    ),
    run,
  );
}

function given() {
  return Object.fromEntries(Object.entries(chosen.values).filter(([, value]) => value !== ""));
}

function field(input) {
  const id = uniqueId("input");
  const control = controlOf(input, id);
  const take = () => {
    const raw = control.value;
    const isNumber = ["number", "integer"].includes(input.type) && raw !== "";
    chosen.values[input.name] = isNumber ? Number(raw) : raw;
  };
  control.addEventListener("change", take);
  take();
  return el(
    "label",
    { for: id, class: "workflow-field", title: input.description },
    el("span", {}, input.title, input.is_required ? "" : el("span", { class: "quiet" }, " optional")),
    control,
  );
}

function controlOf(input, id) {
  const attributes = { id, class: "input", name: input.name };
  const empty = input.is_required ? [] : [el("option", { value: "" }, "")];
  if (input.is_picked) return picked(input, attributes);
  if (input.type.endsWith("/user_id")) {
    const people = [...state.people.values()].filter(({ is_bot: bot }) => !bot);
    const names = people.map(({ id: value, name }) => el("option", { value }, name));
    const runs = el("option", { value: WHO_RUNS }, "Person who started the workflow");
    return el("select", attributes, runs, empty, names);
  }
  if (input.type.endsWith("/channel_id")) {
    const channels = [...state.channels.values()].filter(({ is_im: direct }) => !direct);
    const names = channels.map(({ id: value, name }) => el("option", { value }, `#${name}`));
    return el("select", attributes, empty, names);
  }
  return el("input", attributes);
}

// A pick list asks the app each time that it is opened, as what was chosen above it may change it.
function picked(input, attributes) {
  const control = el("select", attributes, el("option", { value: "" }, ""));
  const load = async () => {
    const before = control.value;
    const wanted = { user: state.user, step: chosen.step.id, name: input.name, values: given() };
    try {
      const { options } = await act("workflows/options", wanted);
      fill(
        control,
        el("option", { value: "" }, ""),
        options.map(({ text, value }) => el("option", { value }, text.text)),
      );
      control.value = before;
    } catch (refusal) {
      notice(refusal.message, "error");
    }
  };
  control.addEventListener("focus", load);
  return control;
}

function execution({ title, user, progress, error, outputs }) {
  const name = state.people.get(user)?.name ?? me().name;
  return el(
    "li",
    { class: `workflow-run workflow-${progress.replaceAll(" ", "-")}` },
    el("strong", {}, title),
    el("span", { class: "quiet" }, ` ${name} · ${progress}`),
    error && el("p", { class: "workflow-error" }, error),
    outputs.length > 0 &&
      el(
        "dl",
        {},
        outputs.map(({ title: what, value }) => [
          el("dt", {}, what),
          el("dd", {}, Array.isArray(value) ? value.join(", ") : String(value)),
        ]),
      ),
  );
}
