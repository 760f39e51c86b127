// Files: a card with a download, a picture in place, or the first rows of a CSV or XLSX.

import { fileAddress, read } from "./api.js";
import { el, fill } from "./dom.js";
import { icon } from "./icons.js";

const PICTURES = ["image/png", "image/jpeg", "image/gif", "image/webp"];
const TABLES = /\.(csv|tsv|xlsx)$/i;

/** The card of a file. */
export function fileCard(file) {
  if (PICTURES.includes(file.mime)) return pictureCard(file);
  const name = file.title || file.name;
  const words = el(
    "span",
    { class: "file-words" },
    el("strong", {}, name),
    el("span", { class: "quiet" }, facts(file)),
  );
  const card = el(
    "div",
    { class: "file", role: "group", "aria-label": `File ${file.name}` },
    el("span", { class: "file-mark" }, icon("file")),
    words,
    download(file),
  );
  if (!TABLES.test(file.name)) return card;
  const preview = el(
    "div",
    { class: "file-preview" },
    el("p", { class: "quiet" }, "Reading the first rows…"),
  );
  showRows(preview, file);
  return el("div", { class: "file-with-preview" }, card, preview);
}

function pictureCard(file) {
  const alt = file.alt_text || file.title || file.name;
  return el(
    "figure",
    { class: "figure file-picture" },
    el(
      "figcaption",
      {},
      file.title || file.name,
      " ",
      el("span", { class: "quiet" }, facts(file)),
      download(file),
    ),
    el("img", { class: "picture picture-large", src: fileAddress(file), alt, loading: "lazy" }),
  );
}

function download(file) {
  return el(
    "a",
    {
      class: "icon-button",
      href: fileAddress(file),
      download: file.name,
      "aria-label": `Download ${file.name}`,
      title: "Download",
    },
    icon("download"),
  );
}

function facts(file) {
  return [file.name.split(".").at(-1).toUpperCase(), size(file.size)].join(" · ");
}

function size(bytes) {
  const [unit, length] = bytes >= 1e6 ? ["MB", 1e6] : bytes >= 1e3 ? ["kB", 1e3] : ["bytes", 1];
  return `${Number((bytes / length).toPrecision(3))} ${unit}`;
}

async function showRows(place, file) {
  try {
    const { columns, rows, more } = await read(fileAddress(file, "preview"));
    const line = (tag, cells) =>
      el(
        "tr",
        {},
        cells.map((cell) => el(tag, { scope: tag === "th" ? "col" : null }, cell)),
      );
    const grid = el(
      "table",
      { class: "grid" },
      el("caption", { class: "unseen" }, `First rows of ${file.name}`),
      el("thead", {}, line("th", columns)),
      el(
        "tbody",
        {},
        rows.map((row) => line("td", row)),
      ),
    );
    const foot = more
      ? `The first ${rows.length} rows; the file has more.`
      : `All ${rows.length} rows.`;
    fill(
      place,
      el(
        "div",
        {
          class: "grid-scroll",
          tabindex: "0",
          role: "region",
          "aria-label": `First rows of ${file.name}`,
        },
        grid,
      ),
      el("p", { class: "quiet" }, foot),
    );
  } catch (refusal) {
    fill(place, el("p", { class: "quiet" }, refusal.message));
  }
}
