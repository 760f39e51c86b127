// The drawer: which calls each vendor received, the switches that make it fail, and what the app
// asked of Slack.

import { act, read } from "./api.js";
import { coalesced } from "./coalesced.js";
import { counted, el, fill, uniqueId } from "./dom.js";
import { icon } from "./icons.js";
import { notice } from "./notices.js";
import { clockFace, on } from "./state.js";
import { inZone } from "./text/dates.js";

const drawer = document.getElementById("drawer");
const list = el("div", { class: "drawer-body" });
const groups = new Map();
const ODD_DATA = "odd_data";
const odd = oddData();

/** Draws the (closed) drawer and keeps it up to date while it is open. */
export function drawDrawer() {
  const close = el(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": "Close vendors",
      onclick: () => open(false),
    },
    icon("close"),
  );
  fill(drawer, el("header", { class: "pane-head" }, el("h2", {}, "Vendors"), close), odd.node, list);
  drawer.addEventListener("keydown", (event) => event.key === "Escape" && open(false));
  for (const kind of ["vendor_call", "catch-up"]) on(kind, show);
}

/** The button that opens the drawer. */
export function drawerButton() {
  const press = () => open(drawer.hidden);
  return el(
    "button",
    {
      type: "button",
      class: "icon-button",
      id: "drawer-button",
      "aria-label": "Vendors",
      title: "Vendors",
      "aria-expanded": "false",
      "aria-controls": "drawer",
      onclick: press,
    },
    icon("plug"),
  );
}

function open(wanted) {
  drawer.hidden = !wanted;
  document.getElementById("drawer-button").setAttribute("aria-expanded", String(wanted));
  show();
}

const show = coalesced(async () => {
  if (drawer.hidden) return;
  try {
    const [vendors, slack] = await Promise.all([read("vendors"), read("calls")]);
    const all = [...vendors, slack];
    odd.draw(vendors.flatMap(({ switches }) => switches.filter(({ name }) => name === ODD_DATA)));
    for (const vendor of all) if (!groups.has(vendor.name)) groups.set(vendor.name, group(vendor));
    for (const vendor of all) update(groups.get(vendor.name), vendor);
    if (list.childElementCount !== groups.size)
      fill(
        list,
        [...groups.values()].map(({ node }) => node),
      );
  } catch (refusal) {
    notice(refusal.message, "error");
  }
});

// One switch for all vendors: hostile names and texts instead of ordinary ones.
function oddData() {
  const input = el("input", { id: uniqueId("switch"), type: "checkbox", role: "switch" });
  input.addEventListener("change", async () => {
    const wanted = { name: ODD_DATA, value: input.checked };
    await act("switches", wanted).catch((refusal) => notice(refusal.message, "error"));
    show();
  });
  const label = el("span", {}, "Odd data: hostile names and texts everywhere");
  const node = el(
    "label",
    { class: "switch switch-bool odd-data", for: input.id, hidden: true },
    label,
    input,
  );
  const draw = (switches) => {
    node.hidden = !switches.length;
    input.checked = switches.length > 0 && switches.every(({ value }) => value);
  };
  return { node, draw };
}

function group({ name, switches }) {
  const count = el("span", { class: "quiet" });
  const calls = el("tbody");
  const table = el(
    "table",
    { class: "grid calls" },
    el("caption", { class: "unseen" }, `Calls to ${name}`),
    el(
      "thead",
      {},
      el(
        "tr",
        {},
        ["Time", "Call", "Status", "ms"].map((head) => el("th", { scope: "col" }, head)),
      ),
    ),
    calls,
  );
  const controls = switches.map((one) => control(name, one));
  const node = el(
    "details",
    { class: "vendor", open: switches.length > 0 },
    el("summary", {}, icon("next"), el("strong", {}, name), count),
    el("div", { class: "grid-scroll" }, table),
    controls.length > 0 && switchBox(name, controls),
  );
  return { node, count, calls, controls };
}

function switchBox(name, controls) {
  const fields = el(
    "fieldset",
    { "aria-label": `Switches of ${name}` },
    controls.map((each) => each.node),
  );
  return el(
    "details",
    { class: "switches" },
    el("summary", {}, icon("next"), "Make it misbehave"),
    fields,
  );
}

function update({ count, calls, controls }, vendor) {
  fill(count, counted(vendor.calls.length, "call"));
  fill(
    calls,
    vendor.calls.length
      ? vendor.calls.map(callRow)
      : el("tr", {}, el("td", { colspan: 4, class: "quiet" }, "None yet")),
  );
  controls.forEach((each, index) => each.set(vendor.switches[index]?.value));
}

function callRow({ at, method, path, status, ms, error }) {
  const time = inZone(new Date(at), { ...clockFace(), second: "2-digit" });
  const bad = !status || status >= 400 || Boolean(error);
  return el(
    "tr",
    { class: bad ? "call-bad" : null },
    el("td", {}, time),
    el("td", { class: "call-path", title: path }, [method, path].filter(Boolean).join(" ")),
    el("td", {}, error || (status ? String(status) : "cut")),
    el("td", { class: "align-right" }, ms === null ? "" : String(Math.round(ms))),
  );
}

function control(vendor, one) {
  const id = uniqueId("switch");
  const input = field(one, id);
  const value = () =>
    one.kind === "bool" ? input.checked : one.kind === "number" ? Number(input.value) : input.value;
  const send = async () => {
    try {
      await act(`vendors/${encodeURIComponent(vendor)}/switches`, {
        name: one.name,
        value: value(),
      });
    } catch (refusal) {
      notice(refusal.message, "error");
    }
    show();
  };
  input.addEventListener("change", send);
  const set = (now) => {
    if (document.activeElement === input && one.kind === "number") return;
    if (one.kind === "bool") input.checked = Boolean(now);
    else input.value = now;
  };
  set(one.value);
  return {
    node: el(
      "label",
      { class: `switch switch-${one.kind}`, for: id },
      el("span", {}, one.label),
      input,
    ),
    set,
  };
}

function field({ kind, choices }, id) {
  if (kind === "choice")
    return el(
      "select",
      { id, class: "input" },
      choices.map((choice) => el("option", { value: choice }, choice)),
    );
  if (kind === "number") return el("input", { id, class: "input", type: "number", step: "any" });
  return el("input", { id, type: "checkbox", role: "switch" });
}
