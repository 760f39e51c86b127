// image, file and video. Pictures come only from the sandbox itself: the page works without internet.

import { fileAddress } from "../api.js";
import { el } from "../dom.js";
import { fileCard } from "../files.js";
import { icon } from "../icons.js";
import { link } from "../text/mentions.js";
import { plain, textNodes } from "../text/objects.js";

/** An image element: the picture, or a framed note where it lies outside the sandbox. */
export function picture(element, size) {
  const alt = element.alt_text ?? "";
  const source = ownSource(element);
  if (source)
    return el("img", { class: `picture picture-${size}`, src: source, alt, loading: "lazy" });
  if (size !== "large")
    return el(
      "span",
      { class: `picture-missing picture-${size}`, role: "img", "aria-label": alt, title: alt },
      icon("eye"),
    );
  return el(
    "div",
    { class: "picture-missing picture-large", role: "img", "aria-label": alt },
    icon("eye"),
    el("span", {}, alt || "Picture"),
    element.image_url && el("span", { class: "quiet" }, `not loaded: ${element.image_url}`),
  );
}

function ownSource(element) {
  const { id, url } = element.slack_file ?? {};
  const file = id ?? /\bF[A-Z0-9]{5,}\b/.exec(url ?? "")?.[0];
  if (file) return fileAddress({ id: file, name: "picture" });
  try {
    const address = new URL(element.image_url, location.href);
    return address.origin === location.origin ? address.href : null;
  } catch {
    return null;
  }
}

/** An image block with its title. */
export function image(block) {
  const title = block.title && el("figcaption", {}, textNodes(block.title));
  return el("figure", { class: "figure" }, title, picture(block, "large"));
}

/** A file block: the file's card. */
export function file(block, surface) {
  const known = surface.files?.(block.file_id ?? block.external_id);
  return known
    ? fileCard(known)
    : el("p", { class: "quiet" }, `File ${block.external_id ?? block.file_id ?? ""}`);
}

/** A video block: its words and a link; nothing is played from outside. */
export function video(block) {
  return el(
    "div",
    { class: "video" },
    el(
      "strong",
      {},
      block.title_url ? link(block.title_url, plain(block.title)) : plain(block.title),
    ),
    block.description && el("p", {}, textNodes(block.description)),
    el(
      "p",
      { class: "quiet" },
      [block.author_name, block.provider_name, block.alt_text].filter(Boolean).join(" · "),
    ),
  );
}
