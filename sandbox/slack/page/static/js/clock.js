// The sandbox's time: shown in the viewer's zone, and the buttons that move it on.

import { act } from "./api.js";
import { el, fill } from "./dom.js";
import { icon } from "./icons.js";
import { notice } from "./notices.js";
import { clockFace, habit, me, on } from "./state.js";

const MOVES = [
  { name: "+1 min", body: { advance_seconds: 60 } },
  { name: "+1 h", body: { advance_seconds: 3600 } },
  { name: "Next 09:00", body: { next: "09:00" } },
  { name: "Next day", body: { next: "day" } },
];

let known = Date.now();
let knownAt = performance.now();
let running = true;

/** The sandbox's present moment. */
export function now() {
  return new Date(running ? known + (performance.now() - knownAt) : known);
}

/** The clock for the top bar, kept up to date by the stream and by itself. */
export function clockPanel() {
  const words = el("span", { class: "clock-words" });
  const zone = el("span", { class: "clock-zone" });
  const draw = () => {
    fill(words, said());
    fill(zone, zoneName());
  };
  on("clock", (told) => {
    known = new Date(told.now).getTime();
    knownAt = performance.now();
    running = told.clock_running ?? running;
    draw();
  });
  on("workspace", draw);
  setInterval(draw, 1000);
  return el(
    "div",
    { class: "clock", role: "group", "aria-label": "Sandbox clock" },
    icon("clock"),
    el("span", { class: "clock-text" }, words, zone),
    el("span", { class: "clock-moves" }, MOVES.map(moveButton)),
  );
}

function said() {
  const { tz } = me();
  const form = (options) =>
    new Intl.DateTimeFormat(habit(), { timeZone: tz || "UTC", ...options }).format(now());
  const time = form(clockFace());
  return `It is now ${form({ weekday: "long" })} ${time}`;
}

function zoneName() {
  const { tz } = me();
  const day = new Intl.DateTimeFormat("en-GB", {
    timeZone: tz || "UTC",
    day: "numeric",
    month: "short",
    year: "numeric",
  });
  return `${day.format(now())}, ${tz || "UTC"}`;
}

function moveButton({ name, body }) {
  const move = async () => {
    try {
      await act("clock", { ...body, user: me().id });
    } catch (refusal) {
      notice(refusal.message, "error");
    }
  };
  return el("button", { type: "button", class: "chip", onclick: move }, name);
}
