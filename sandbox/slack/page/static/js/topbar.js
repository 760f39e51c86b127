// The bar across: workspace, clock, whether the app is connected, vendors, colours, who is typing.

import { clockPanel } from "./clock.js";
import { el, fill } from "./dom.js";
import { icon } from "./icons.js";
import { personButton } from "./people.js";
import { on, state } from "./state.js";
import { slackbotButton } from "./slackbot.js";
import { themeButton } from "./theme.js";
import { drawerButton } from "./vendors.js";
import { workflowsButton } from "./workflows.js";

/** Draws the bar once; its parts keep themselves up to date. */
export function drawTopbar() {
  const toggle = () => document.body.classList.toggle("show-sidebar");
  document
    .getElementById("main")
    .addEventListener("pointerdown", () => document.body.classList.remove("show-sidebar"));
  fill(
    document.getElementById("topbar"),
    el(
      "button",
      {
        type: "button",
        class: "icon-button sidebar-toggle",
        "aria-label": "Channels",
        onclick: toggle,
      },
      icon("menu"),
    ),
    el("span", { class: "brand" }, teamName(), el("span", { class: "brand-note" }, "sandbox")),
    clockPanel(),
    el(
      "span",
      { class: "topbar-end" },
      connection(),
      workflowsButton(),
      slackbotButton(),
      drawerButton(),
      themeButton(),
      personButton(),
    ),
  );
}

function teamName() {
  const name = el("strong");
  on("workspace", () => fill(name, state.team.name));
  return name;
}

function connection() {
  const words = el("span", { class: "connection-words" });
  const light = el(
    "span",
    { class: "connection", role: "status" },
    el("span", { class: "light", "aria-hidden": "true" }),
    words,
  );
  const draw = ({ connected }) => {
    light.classList.toggle("connected", Boolean(connected));
    fill(words, connected ? "App connected" : "App not connected");
  };
  on("workspace", () => draw({ connected: state.team.app_connected }));
  on("bot_status", draw);
  return light;
}
