// Where people write: a box that grows, sends on Enter, completes commands and remembers.

import { act } from "./api.js";
import { attachButton, attachedList } from "./attaching.js";
import { completion } from "./completion.js";
import { el } from "./dom.js";
import { drafting } from "./drafting.js";
import { icon } from "./icons.js";
import { notice } from "./notices.js";
import { shortcutButton } from "./shortcuts.js";
import { on, state } from "./state.js";

const REMEMBERED = 50;
const said = [];

/** {node, arrive(placeName)}; `spot()` says where the text goes, `sent()` is told that it went. */
export function composer({ id, label, button, spot, sent, hasCommands = false }) {
  const box = el("textarea", {
    id,
    rows: 1,
    "aria-label": label,
    autocomplete: "off",
    spellcheck: "false",
  });
  const send = el(
    "button",
    { type: "submit", class: "send", "aria-label": button, title: button, disabled: true },
    icon("send"),
  );
  const helper = completion(box, { hasCommands });
  const draft = drafting();
  const files = [];
  const attached = attachedList(files, () => changed());
  const attach = attachButton((more) => {
    files.push(...more);
    attached.draw();
    changed();
  });
  const form = el(
    "form",
    { class: "composer" },
    helper.node,
    box,
    draft.node,
    attached.node,
    el(
      "div",
      { class: "composer-foot" },
      hasCommands && shortcutButton(),
      attach,
      helper.hint,
      send,
    ),
  );
  const changed = () => {
    send.disabled = !box.value.trim() && !files.length;
    draft.typed(box.value);
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight, 220)}px`;
  };
  const submit = async (event) => {
    event?.preventDefault();
    const text = box.value.trim();
    if (!text && !files.length) return;
    if (text) remember(text);
    const ids = files.splice(0).map((file) => file.id);
    attached.draw();
    setText(box, "");
    await deliverHere(text, ids);
  };
  const deliverHere = (text, ids) => {
    sent();
    return deliver(form, box, { text, files: ids, ...spot() });
  };
  if (hasCommands) on("compose", (wanted) => compose(box, wanted, deliverHere));
  box.addEventListener("input", changed);
  form.addEventListener("submit", submit);
  box.addEventListener("keydown", (event) => keys(event, { box, helper, submit }));
  return {
    node: form,
    arrive: (name) => {
      box.placeholder = `Message ${name}`;
      helper.close();
    },
  };
}

// Somebody chose a command elsewhere on the page: it runs at once, or is written to be changed.
function compose(box, { text, send }, run) {
  if (send) {
    remember(text);
    return run(text, []);
  }
  setText(box, text);
  return box.focus();
}

async function deliver(form, box, body) {
  form.setAttribute("aria-busy", "true");
  try {
    if (body.thread_ts && /^\/\w/.test(body.text))
      throw new Error(`${body.text.split(" ")[0]} is not supported in threads. Sorry!`);
    await act("send", { user: state.user, ...body });
  } catch (refusal) {
    notice(refusal.message, "error");
    if (!box.value) setText(box, body.text);
  } finally {
    form.removeAttribute("aria-busy");
  }
}

function setText(box, text) {
  box.value = text;
  box.dispatchEvent(new Event("input"));
}

function remember(text) {
  if (said.at(-1) !== text) said.push(text);
  if (said.length > REMEMBERED) said.shift();
}

function keys(event, { box, helper, submit }) {
  if (event.isComposing || helper.key(event)) return;
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    submit();
  } else if (event.key === "ArrowUp" || event.key === "ArrowDown") recall(event, box);
}

// The arrows walk through what was sent, while the box is empty or shows such a line.
function recall(event, box) {
  const at = box.value ? said.lastIndexOf(box.value) : said.length;
  if (at === -1) return;
  const next = at + (event.key === "ArrowUp" ? -1 : 1);
  if (next < 0 || next > said.length) return;
  event.preventDefault();
  setText(box, said[next] ?? "");
}
