// What links show while somebody is still writing: asked a moment after the last key.

import { act } from "./api.js";
import { el, fill } from "./dom.js";
import { state } from "./state.js";
import { drafts } from "./unfurls.js";

const PAUSE_MS = 500;

/** {node, typed(text)}: the previews of a box, empty where no link in it has a card. */
export function drafting() {
  const node = el("div", { class: "drafted", "aria-label": "Preview of links", hidden: true });
  let pause = null;
  let wanted = "";
  const clear = () => {
    fill(node);
    node.hidden = true;
  };
  const ask = async (text) => {
    const { cards } = await act("links/compose", { user: state.user, text }).catch(() => ({
      cards: [],
    }));
    if (text !== wanted || !cards.length) return;
    fill(node, drafts(cards));
    node.hidden = false;
  };
  const typed = (text) => {
    clearTimeout(pause);
    wanted = /https:\/\/\S/.test(text) ? text : "";
    clear();
    if (wanted) pause = setTimeout(() => ask(text), PAUSE_MS);
  };
  return { node, typed };
}
