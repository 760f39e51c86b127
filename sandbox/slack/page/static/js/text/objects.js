// Block Kit text objects, and the plain words of anything that has words.

import { withEmoji } from "./emoji.js";
import { mrkdwn } from "./mrkdwn.js";

/** The nodes of a text object; a bare string counts as plain text. */
export function textNodes(text) {
  if (!text) return [];
  if (typeof text === "string") return lines(text);
  return text.type === "mrkdwn"
    ? mrkdwn(text.text)
    : lines(text.emoji === false ? text.text : withEmoji(text.text));
}

function lines(text) {
  return withEmoji(text ?? "")
    .split("\n")
    .flatMap((line, index) => (index ? [document.createElement("br"), line] : [line]));
}

/** The words of a text object without marks, for names of controls. */
export function plain(text) {
  const holder = document.createElement("span");
  holder.append(...textNodes(text));
  return holder.textContent.trim();
}
