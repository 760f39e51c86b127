// Where the page starts: reads the workspace, draws the columns, and follows the address bar.

import { openHome } from "./home.js";
import { drawMain } from "./channel.js";
import { syncModal } from "./modals.js";
import { reported } from "./notices.js";
import { address, on, readWorkspace, state, takeAddress, tell } from "./state.js";
import { drawSlackbot } from "./slackbot.js";
import { drawSidebar } from "./sidebar.js";
import { follow } from "./stream.js";
import { drawThread } from "./thread.js";
import { takeTheme } from "./theme.js";
import { drawTopbar } from "./topbar.js";
import { drawDrawer } from "./vendors.js";
import { drawWorkflows } from "./workflows.js";

const REMEMBERED = "flowbot-sandbox-person";

async function arrive() {
  await readWorkspace();
  const known = state.place === "app" || state.channels.has(state.place);
  if (!known) {
    const mine = [...state.channels.values()].filter(
      (channel) => channel.is_member && !channel.is_im,
    );
    const first = mine.find(({ id }) => id === state.team.first) ?? mine[0];
    history.replaceState(null, "", address({ place: first?.id ?? "app", thread: null }));
    takeAddress();
  }
  localStorage.setItem(REMEMBERED, state.user);
  follow();
  tell("place");
  await syncModal();
  await openHome();
}

async function moved() {
  const before = state.place + state.tab + state.canvas;
  if (takeAddress()) {
    await reported(arrive)();
    return;
  }
  if (before !== state.place + state.tab + state.canvas) {
    tell("place");
    await reported(openHome)();
  } else tell("thread");
}

takeTheme();
drawTopbar();
drawSidebar();
drawMain();
drawThread();
drawDrawer();
drawWorkflows();
drawSlackbot();
takeAddress();
state.user ??= localStorage.getItem(REMEMBERED);
on("place", () => document.body.classList.remove("show-sidebar"));
addEventListener("hashchange", moved);
await reported(arrive)();
