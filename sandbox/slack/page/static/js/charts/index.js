// data_visualization: the chart as SVG with a name and a description, its legend, and the same
// figures as a table for everybody who would rather read them.

import { el, uniqueId } from "../dom.js";
import { plain } from "../text/objects.js";
import { WIDEST, areaChart, barChart, lineChart } from "./cartesian.js";
import { pieChart } from "./pie.js";
import { figure } from "./scale.js";

const NARROWEST = 240;
const CHARTS = { line: lineChart, bar: barChart, area: areaChart, pie: pieChart };

/** A chart block as a figure. */
export function visualization(block) {
  const chart = block.chart ?? {};
  const draw = CHARTS[chart.type];
  if (!draw) throw new Error(`there is no chart of type "${chart.type}"`);
  const title = plain(block.title);
  const titleId = uniqueId("chart");
  const words = { title, description: described(chart) };
  const body = el("div", { class: "chart-body" }, draw(chart, words, WIDEST), keys(chart));
  if (chart.type !== "pie") fitted(body, (width) => draw(chart, words, width));
  return el(
    "figure",
    { class: `chart chart-${chart.type}`, "aria-labelledby": titleId },
    el("figcaption", { id: titleId }, title),
    body,
    el(
      "details",
      { class: "chart-data" },
      el("summary", {}, "Show as table"),
      dataTable(chart, title),
    ),
  );
}

/** Draws the plot anew for the room that it has, so that its letters keep their size. */
function fitted(body, draw) {
  let drawn = WIDEST;
  new ResizeObserver(([{ contentRect }]) => {
    const width = Math.max(NARROWEST, Math.min(WIDEST, Math.round(contentRect.width)));
    if (!contentRect.width || width === drawn) return;
    drawn = width;
    body.querySelector(".plot").replaceWith(draw(width));
  }).observe(body);
}

function described(chart) {
  if (chart.type === "pie")
    return chart.segments.map(({ label, value }) => `${label}: ${figure(value)}`).join("; ");
  const one = ({ name, data }) =>
    `${name}: ${data.map(({ label, value }) => `${label} ${figure(value)}`).join(", ")}`;
  return chart.series.map(one).join(". ");
}

function keys(chart) {
  if (chart.type !== "pie" && chart.series.length === 1) return null;
  const total = chart.segments?.reduce((sum, { value }) => sum + value, 0);
  const names =
    chart.type === "pie"
      ? chart.segments.map(({ label, value }) => [
          label,
          `${figure(value)} (${share(value, total)})`,
        ])
      : chart.series.map(({ name }) => [name]);
  const item = ([name, more], index) =>
    el(
      "li",
      {},
      el("span", { class: `key series-${index % 12}`, "aria-hidden": "true" }),
      el("span", {}, name),
      more && el("span", { class: "quiet" }, more),
    );
  return el("ul", { class: "legend" }, names.map(item));
}

const share = (value, total) => `${Math.round((100 * value) / total)}%`;

function dataTable(chart, title) {
  const [head, rows] = chart.type === "pie" ? pieRows(chart) : seriesRows(chart);
  const line = ([first, ...rest]) =>
    el(
      "tr",
      {},
      el("th", { scope: "row" }, first),
      rest.map((value) => el("td", { class: "align-right" }, figure(value))),
    );
  return el(
    "div",
    { class: "grid-scroll" },
    el(
      "table",
      { class: "grid" },
      el("caption", { class: "unseen" }, title),
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          head.map((name) => el("th", { scope: "col" }, name)),
        ),
      ),
      el("tbody", {}, rows.map(line)),
    ),
  );
}

const pieRows = ({ segments }) => [
  ["Part", "Value"],
  segments.map(({ label, value }) => [label, value]),
];

function seriesRows({ series, axis_config: axes }) {
  const categories = axes?.categories ?? series[0].data.map(({ label }) => label);
  const valueAt = (data, category) => data.find(({ label }) => label === category)?.value ?? "";
  const rows = categories.map((category) => [
    category,
    ...series.map(({ data }) => valueAt(data, category)),
  ]);
  return [[axes?.x_label ?? "", ...series.map(({ name }) => name)], rows];
}
