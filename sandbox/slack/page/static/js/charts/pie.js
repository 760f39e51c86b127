// A pie with its total in the middle; the legend beside it carries the figures.

import { svg, uniqueId } from "../dom.js";
import { figure } from "./scale.js";

const SIZE = 200;
const OUTER = 92;
const INNER = 56;

/** The slices, clockwise from twelve. */
export function pieChart({ segments }, { title, description }) {
  const total = segments.reduce((sum, { value }) => sum + value, 0);
  const id = uniqueId("pie");
  let from = 0;
  const slices = segments.map((segment, index) => {
    const start = from;
    from += segment.value / total;
    const name = `${segment.label}: ${figure(segment.value)}`;
    return svg(
      "path",
      { class: `slice series-${index % 12}`, "fill-rule": "evenodd", d: slice(start, from) },
      svg("title", {}, name),
    );
  });
  return svg(
    "svg",
    {
      class: "pie",
      viewBox: `0 0 ${SIZE} ${SIZE}`,
      role: "img",
      "aria-labelledby": `${id}-t ${id}-d`,
    },
    svg("title", { id: `${id}-t` }, title),
    svg("desc", { id: `${id}-d` }, description),
    slices,
    svg(
      "text",
      { class: "pie-total", x: SIZE / 2, y: SIZE / 2 + 4, "text-anchor": "middle" },
      figure(total),
    ),
    svg(
      "text",
      { class: "tick", x: SIZE / 2, y: SIZE / 2 + 22, "text-anchor": "middle" },
      "in all",
    ),
  );
}

function at(turn, radius) {
  const angle = 2 * Math.PI * turn;
  return `${SIZE / 2 + radius * Math.sin(angle)} ${SIZE / 2 - radius * Math.cos(angle)}`;
}

function slice(from, to) {
  if (to - from > 0.9999) return `${ring(OUTER)}${ring(INNER)}`;
  const big = to - from > 0.5 ? 1 : 0;
  return `M${at(from, OUTER)}A${OUTER} ${OUTER} 0 ${big} 1 ${at(to, OUTER)}L${at(to, INNER)}A${INNER} ${INNER} 0 ${big} 0 ${at(from, INNER)}Z`;
}

const ring = (radius) =>
  `M${at(0, radius)}A${radius} ${radius} 0 1 1 ${at(0.5, radius)}A${radius} ${radius} 0 1 1 ${at(0, radius)}Z`;
