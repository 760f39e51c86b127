// Every block by its type. A block that the page does not know is shown as its JSON, never dropped.
//
// `surface` says what a block is part of: {act, suggest, kept, field, files, where} — how a press is
// told to the app, how an external menu asks for options, what was typed before, where inputs report.

import { el } from "../dom.js";
import { richText } from "../text/richtext.js";
import { markdown } from "../text/markdown.js";
import { alert, card, carousel } from "./cards.js";
import { container, divider } from "./containers.js";
import { actions, context, contextActions, header, section } from "./sections.js";
import { dataTable } from "./datatables.js";
import { file, image, video } from "./media.js";
import { input } from "./inputs.js";
import { plan, taskCard } from "./plans.js";
import { table } from "./tables.js";
import { unknown } from "./unknown.js";
import { visualization } from "../charts/index.js";

const BLOCKS = {
  actions,
  alert,
  card,
  carousel,
  container: (block, surface) => container(block, surface, drawBlocks),
  context,
  context_actions: contextActions,
  data_table: dataTable,
  data_visualization: visualization,
  divider,
  file,
  header,
  image,
  input,
  markdown: (block) => el("div", { class: "markdown" }, markdown(block.text)),
  plan,
  rich_text: (block) => el("div", { class: "rich" }, richText(block)),
  section,
  table,
  task_card: taskCard,
  video,
};

/** The nodes of a list of blocks. */
export function drawBlocks(blocks, surface) {
  return (blocks ?? []).map((block) => drawBlock(block, surface));
}

function drawBlock(block, surface) {
  const draw = Object.hasOwn(BLOCKS, block?.type) ? BLOCKS[block.type] : unknown;
  const holder = el("div", { class: `block block-${String(block?.type).replace(/\W/g, "")}` });
  try {
    holder.append(draw(block, surface));
  } catch (error) {
    holder.append(unknown(block, surface, `This block could not be drawn: ${error.message}`));
  }
  return holder;
}
