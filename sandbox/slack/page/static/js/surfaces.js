// What ties drawn blocks to the app: presses and questions of a message, a modal or Home.

import { act } from "./api.js";
import { notice } from "./notices.js";
import { state } from "./state.js";

/** A surface at `spot` ({channel, ts} or {view_id}), with what the caller adds to it. */
export function surfaceAt(spot, more = {}) {
  const told = ({ block, element }) => ({
    user: state.user,
    ...spot,
    block_id: block.block_id,
    action_id: element.action_id,
  });
  return {
    act: ({ value, node, ...place }) => busy(node, () => act("click", { ...told(place), value })),
    suggest: ({ query, ...place }) => act("options", { ...told(place), query }),
    ...more,
  };
}

async function busy(node, work) {
  node?.setAttribute("aria-busy", "true");
  try {
    await work();
  } catch (refusal) {
    notice(refusal.message, "error");
  } finally {
    node?.removeAttribute("aria-busy");
  }
}
