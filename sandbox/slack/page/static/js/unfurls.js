// Cards under links: drawn below a message, their buttons told to the app, and the pane beside.

import { act } from "./api.js";
import { drawBlocks } from "./blocks/index.js";
import { el, fill } from "./dom.js";
import { icon } from "./icons.js";
import { notice } from "./notices.js";
import { state } from "./state.js";
import { momentOf } from "./text/dates.js";

/** The card of an unfurl in the message at `spot`; that of a Work Object opens a pane. */
export function unfurl(card, spot) {
  const place = { ...spot, url: card.app_unfurl_url };
  return el(
    "div",
    { class: "attachment unfurl", "data-url": card.app_unfurl_url },
    drawBlocks(card.blocks, surfaceOf(place)),
    card.entity && opener(place, card.entity),
  );
}

/** The cards of a draft, which only its writer sees. */
export function drafts(cards) {
  return cards.map((card) =>
    el("div", { class: "attachment unfurl" }, drawBlocks(card.blocks, { act: () => {} })),
  );
}

function surfaceOf(place) {
  return {
    act: ({ element, value, node }) =>
      tried(node, () =>
        act("links/press", { user: state.user, ...place, action_id: element.action_id, value }),
      ),
    suggest: () => Promise.resolve({}),
  };
}

function opener(place, entity) {
  const { title } = entity.entity_payload.attributes;
  const node = el(
    "button",
    {
      type: "button",
      class: "link-button",
      "aria-label": `Open details of ${title.text}`,
      onclick: () => tried(node, () => open(place)),
    },
    "Open details",
  );
  return node;
}

async function open(place) {
  const { entity, error_shown: error } = await act("links/pane", { user: state.user, ...place });
  const aside = document.getElementById("thing") ?? pane();
  const content = entity?.entity_payload ? details(entity.entity_payload, place) : refused(error);
  fill(aside, head(content.title, aside), el("div", { class: "drawer-body" }, content.nodes));
  aside.querySelector("button").focus();
}

function pane() {
  const aside = el("aside", { class: "drawer thing", id: "thing", "aria-label": "Details" });
  document.getElementById("columns").append(aside);
  aside.addEventListener("keydown", (event) => event.key === "Escape" && aside.remove());
  return aside;
}

function head(title, aside) {
  const close = el(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": "Close details",
      onclick: () => aside.remove(),
    },
    icon("close"),
  );
  return el("header", { class: "pane-head" }, el("h2", {}, title), close);
}

function refused({ custom_title: title, custom_message: words, status }) {
  return { title: title ?? status, nodes: [el("p", {}, words ?? "")] };
}

function details({ attributes, fields = {}, custom_fields: custom = [], actions = {} }, place) {
  const own = Object.entries(fields).map(([name, field]) => ({
    label: name.replaceAll("_", " "),
    type: name.startsWith("date") ? "slack#/types/timestamp" : "string",
    ...field,
  }));
  const rows = [...own, ...custom].flatMap((field) => [
    el("dt", {}, field.label),
    el("dd", {}, shown(field)),
  ]);
  const buttons = [...(actions.primary_actions ?? []), ...(actions.overflow_actions ?? [])];
  return {
    title: attributes.title.text,
    nodes: [
      el("p", { class: "quiet" }, attributes.display_type ?? ""),
      el("dl", { class: "thing-facts" }, rows),
      el(
        "div",
        { class: "thing-actions" },
        buttons.map((one) => action(one, place)),
      ),
    ],
  };
}

function shown({ type, value }) {
  return type === "slack#/types/timestamp" ? momentOf(new Date(value * 1000)) : String(value);
}

function action(one, { url }) {
  const press = () =>
    tried(node, () => act("links/pane/press", { user: state.user, url, text: one.text }));
  const node = el("button", { type: "button", class: "button", onclick: press }, one.text);
  return node;
}

async function tried(node, work) {
  node?.setAttribute("aria-busy", "true");
  try {
    await work();
  } catch (refusal) {
    notice(refusal.message, "error");
  } finally {
    node?.removeAttribute("aria-busy");
  }
}
