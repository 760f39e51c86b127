// The app's Home: opened, it is asked for; published, it is drawn.

import { act, read } from "./api.js";
import { drawBlocks } from "./blocks/index.js";
import { coalesced } from "./coalesced.js";
import { el, fill } from "./dom.js";
import { reported } from "./notices.js";
import { on, state } from "./state.js";
import { surfaceAt } from "./surfaces.js";
import { keptOf, rawValues } from "./values.js";

let fields = [];

/** The panel for Home, drawn anew whenever the app publishes. */
export function homePanel() {
  const panel = el("section", { class: "home", "aria-label": "Home", tabindex: "0", hidden: true });
  const show = coalesced(async () => {
    if (state.place !== "app" || state.tab !== "home") return;
    const { view } = await read("home", { user: state.user });
    fill(
      panel,
      view ? drawHome(view) : el("p", { class: "empty" }, "The app has not published a Home yet."),
    );
  });
  for (const name of ["place", "home", "catch-up"]) on(name, reported(show));
  return panel;
}

function drawHome(view) {
  const kept = keptOf(rawValues(fields), view.entered);
  fields = [];
  const surface = surfaceAt({ view_id: view.id }, { kept, field: (field) => fields.push(field) });
  return el("div", { class: "home-blocks" }, drawBlocks(view.blocks, surface));
}

/** Tells the app that its page was opened, on Home or on Messages. */
export async function openHome() {
  if (state.place === "app") await act("home", { user: state.user, tab: state.tab });
}
