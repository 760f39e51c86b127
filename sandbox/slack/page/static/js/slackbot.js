// Slackbot's pane: pick a tool of the app, fill in its arguments, allow the call, see the answer.

import { act, read } from "./api.js";
import { drawBlocks } from "./blocks/index.js";
import { openDialog } from "./dialogs.js";
import { el, fill, uniqueId } from "./dom.js";
import { icon } from "./icons.js";
import { notice, reported } from "./notices.js";
import { on, state } from "./state.js";
import { readValues } from "./values.js";

const pane = document.getElementById("slackbot");
const form = el("form", { class: "slackbot-form", novalidate: true, onsubmit: ask });
const answer = el("section", { class: "slackbot-answer", "aria-live": "polite", hidden: true });
const shown = { tools: [], tool: null, fields: new Map(), entered: [] };

/** Draws the (closed) pane. */
export function drawSlackbot() {
  const close = el(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": "Close Slackbot",
      onclick: () => open(false),
    },
    icon("close"),
  );
  const head = el("header", { class: "pane-head" }, el("h2", {}, "Slackbot"), close);
  fill(pane, head, el("div", { class: "drawer-body" }, form, answer));
  pane.addEventListener("keydown", (event) => event.key === "Escape" && open(false));
  on("workspace", () => pane.hidden || state.team.has_tools || open(false));
}

/** The button that opens the pane, where the app has tools. */
export function slackbotButton() {
  const button = el(
    "button",
    {
      type: "button",
      class: "icon-button",
      id: "slackbot-button",
      "aria-label": "Slackbot",
      title: "Slackbot asks the app",
      "aria-expanded": "false",
      "aria-controls": "slackbot",
      hidden: true,
      onclick: () => open(pane.hidden),
    },
    icon("spark"),
  );
  on("workspace", () => {
    button.hidden = !state.team.has_tools;
  });
  return button;
}

function open(wanted) {
  pane.hidden = !wanted;
  document.getElementById("slackbot-button").setAttribute("aria-expanded", String(wanted));
  if (wanted) reported(fetchTools)();
}

async function fetchTools() {
  const { tools } = await read("slackbot/tools", { user: state.user });
  shown.tools = tools;
  const kept = tools.find(({ name }) => name === shown.tool?.name);
  choose(kept ?? tools.find(({ reads }) => reads) ?? tools[0]);
}

function choose(tool) {
  shown.tool = tool;
  shown.fields.clear();
  const id = uniqueId("tool");
  const picker = el(
    "select",
    { id, class: "input" },
    shown.tools.map(({ name, title, reads }) =>
      el("option", { value: name, selected: name === tool.name }, reads ? title : `${title} (write)`),
    ),
  );
  picker.addEventListener("change", () =>
    choose(shown.tools.find(({ name }) => name === picker.value)),
  );
  const properties = Object.entries(tool.schema.properties ?? {});
  const needed = tool.schema.required ?? [];
  fill(
    form,
    el("div", { class: "field" }, el("label", { class: "label", for: id }, "Tool"), picker),
    el("p", { class: "quiet" }, tool.description),
    properties.map(([name, schema]) => argument(name, schema, needed.includes(name))),
    el(
      "div",
      { class: "slackbot-actions" },
      el("button", { type: "submit", class: "button button-primary" }, "Ask"),
    ),
  );
}

function argument(name, schema, needed) {
  const id = uniqueId("argument");
  const input = inputOf(schema, id);
  shown.fields.set(name, { schema, input });
  return el(
    "div",
    { class: "field" },
    el(
      "label",
      { class: "label", for: id },
      name,
      !needed && el("span", { class: "quiet" }, " (optional)"),
    ),
    input,
    el("p", { class: "hint" }, schema.description),
  );
}

function inputOf({ type, enum: choices, examples }, id) {
  if (choices)
    return el(
      "select",
      { id, class: "input" },
      ["", ...choices].map((choice) => el("option", { value: choice }, choice || "—")),
    );
  if (type === "boolean") return el("input", { id, type: "checkbox", role: "switch" });
  const kind = type === "integer" || type === "number" ? "number" : "text";
  const placeholder = examples ? `such as ${examples.join(", ")}` : null;
  return el("input", { id, class: "input", type: kind, placeholder });
}

// What a model would give: nothing for an empty field, lists by commas, objects as JSON.
function argumentsOf() {
  const given = {};
  for (const [name, { schema, input }] of shown.fields) {
    const text = input.value.trim();
    if (schema.type === "boolean") {
      if (input.checked) given[name] = true;
    } else if (text) given[name] = valueOf(schema.type, text);
  }
  return given;
}

function valueOf(type, text) {
  if (type === "integer" || type === "number") return Number(text);
  if (type === "array") return text.split(",").map((each) => each.trim());
  return type === "object" ? JSON.parse(text) : text;
}

async function ask(event) {
  event.preventDefault();
  const { tool } = shown;
  await reported(async () => {
    const consent = await allowed(tool);
    if (!consent) return;
    const wanted = { user: state.user, tool: tool.name, arguments: argumentsOf(), consent };
    draw(await waiting(act("slackbot/call", wanted)));
    tool.asks &&= consent !== "always";
  })();
}

// Slackbot asks at every call of a tool that was not allowed for always.
function allowed(tool) {
  if (!tool?.asks) return Promise.resolve("once");
  return new Promise((resolve) => {
    let consent = "";
    const choice = (label, value, style = "") =>
      el(
        "button",
        {
          type: "button",
          class: `button ${style}`,
          onclick: () => {
            consent = value;
            dialog.close();
          },
        },
        label,
      );
    const dialog = openDialog({
      title: `Allow “${tool.title}”?`,
      body: el("p", {}, tool.reads ? "It only reads." : "It may change something."),
      className: "dialog-small",
      buttons: [
        choice("Don't allow", ""),
        choice("Always allow", "always"),
        choice("Allow once", "once", "button-primary"),
      ],
      closed: () => resolve(consent),
    });
  });
}

async function waiting(work) {
  pane.setAttribute("aria-busy", "true");
  answer.hidden = false;
  fill(answer, el("p", { class: "quiet" }, "Slackbot is asking the app …"));
  try {
    return await work;
  } catch (refusal) {
    answer.hidden = true;
    throw refusal;
  } finally {
    pane.removeAttribute("aria-busy");
  }
}

function draw({ text, blocks, is_error: failed, dropped }) {
  shown.entered = [];
  const surface = { act: press, suggest: () => [], field: (field) => shown.entered.push(field) };
  const said = el("p", { class: "slackbot-text" }, text);
  fill(
    answer,
    failed && el("p", { class: "call-bad" }, "The tool says that it failed."),
    dropped.length > 0 &&
      el("p", { class: "call-bad" }, `All blocks were dropped: ${dropped.join("; ")}`),
    blocks.length > 0 ? drawBlocks(blocks, surface) : said,
    blocks.length > 0 && el(
        "details",
        { class: "switches" },
        el("summary", {}, icon("next"), "The text of the answer"),
        said,
      ),
  );
}

async function press({ element }) {
  const name = element.action_id.replace(/^tool:/, "");
  const tool = shown.tools.find((each) => each.name === name);
  const entered = Object.assign({}, ...Object.values(readValues(shown.entered)));
  try {
    const consent = await allowed(tool);
    if (!consent) return;
    const pressed = {
      user: state.user,
      action_id: element.action_id,
      value: element.value ?? "{}",
      entered,
    };
    draw(await waiting(act("slackbot/press", pressed)));
  } catch (refusal) {
    notice(refusal.message, "error");
  }
}
