// Attachments: the older way to hang coloured boxes on a message.

import { el } from "../dom.js";
import { link } from "../text/mentions.js";
import { mrkdwn } from "../text/mrkdwn.js";
import { drawBlocks } from "./index.js";

const COLOURS = { good: "#2e9e6b", warning: "#d9a514", danger: "#c8323e" };

/** An attachment: its blocks, or its title, text and fields. */
export function attachment(attached, surface) {
  const box = el(
    "div",
    { class: "attachment" },
    attached.blocks?.length ? drawBlocks(attached.blocks, surface) : classic(attached),
  );
  const colour =
    COLOURS[attached.color] ??
    (/^#?[0-9a-f]{6}$/i.test(attached.color ?? "") ? `#${attached.color.replace("#", "")}` : null);
  if (colour) box.style.borderLeftColor = colour;
  return box;
}

function classic({
  pretext,
  author_name: author,
  title,
  title_link: address,
  text,
  fallback,
  fields,
  footer,
}) {
  const part = (name, words) => words && el("div", { class: `text ${name}` }, mrkdwn(words));
  return [
    part("quiet", pretext),
    part("quiet", author),
    title && el("strong", {}, address ? link(address, title) : title),
    part("", text ?? (title ? null : fallback)),
    fields?.length &&
      el(
        "div",
        { class: "fields" },
        fields.map((field) => el("div", {}, el("strong", {}, field.title), part("", field.value))),
      ),
    part("quiet", footer),
  ].filter(Boolean);
}
