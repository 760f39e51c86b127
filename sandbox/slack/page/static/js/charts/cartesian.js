// Line, bar and area charts on one pair of axes.

import { svg, uniqueId } from "../dom.js";
import { figure, linear, ticks } from "./scale.js";

export const WIDEST = 640;
const HEIGHT = 230;
const CROWDED = 62; // labels are slanted where a category has less room than this

/** One polyline with points for each series. */
export function lineChart(chart, words, width) {
  return plotted(chart, words, width, (frame) =>
    chart.series.flatMap((series, index) => [
      svg("path", { class: `line series-${index % 12}`, d: path(frame, series) }),
      points(frame, series, index),
    ]),
  );
}

/** The same over a filled ground. */
export function areaChart(chart, words, width) {
  return plotted(chart, words, width, (frame) =>
    chart.series.flatMap((series, index) => {
      const ends = [frame.x(frame.categories.length - 1), frame.x(0)]
        .map((x) => `L${x} ${frame.y(0)}`)
        .join("");
      return [
        svg("path", { class: `area series-${index % 12}`, d: `${path(frame, series)}${ends}Z` }),
        svg("path", { class: `line series-${index % 12}`, d: path(frame, series) }),
        points(frame, series, index),
      ];
    }),
  );
}

/** Bars in groups, one group for each category. */
export function barChart(chart, words, width) {
  return plotted(chart, words, width, (frame) =>
    chart.series.flatMap((series, index) => bars(frame, series, index, chart.series.length)),
  );
}

function plotted(chart, { title, description }, width, draw) {
  const frame = framed(chart, width);
  const id = uniqueId("plot");
  return svg(
    "svg",
    {
      class: "plot",
      viewBox: `0 0 ${width} ${HEIGHT}`,
      role: "img",
      "aria-labelledby": `${id}-t ${id}-d`,
    },
    svg("title", { id: `${id}-t` }, title),
    svg("desc", { id: `${id}-d` }, description),
    grid(frame),
    labels(frame),
    axisTitles(chart.axis_config ?? {}, frame),
    draw(frame),
  );
}

function framed({ type, series, axis_config: axes = {} }, width) {
  const categories = axes.categories ?? series[0].data.map(({ label }) => label);
  const marks = ticks(series.flatMap(({ data }) => data.map(({ value }) => value)));
  const left =
    24 + Math.max(...marks.map((mark) => figure(mark).length)) * 7 + (axes.y_label ? 16 : 0);
  const band = (width - left - 12) / categories.length;
  const longest = Math.max(...categories.map((name) => name.length));
  const slanted = longest * 6.4 > band - 6 && (band < CROWDED || longest > 10);
  const bottom =
    HEIGHT - (slanted ? Math.min(20 + longest * 3.8, 96) : 30) - (axes.x_label ? 16 : 0);
  const x = (index) => left + band * (index + 0.5);
  return {
    type,
    categories,
    marks,
    left,
    right: width - 12,
    band,
    slanted,
    bottom,
    x,
    y: linear([marks[0], marks.at(-1)], [bottom, 12]),
  };
}

function grid({ marks, left, right, y }) {
  return marks.map((mark) => [
    svg("line", {
      class: mark === 0 ? "axis" : "gridline",
      x1: left,
      x2: right,
      y1: y(mark),
      y2: y(mark),
    }),
    svg("text", { class: "tick", x: left - 8, y: y(mark) + 4, "text-anchor": "end" }, figure(mark)),
  ]);
}

function labels({ categories, x, bottom, slanted }) {
  return categories.map((name, index) => {
    const place = slanted
      ? { transform: `translate(${x(index) + 4} ${bottom + 14}) rotate(-35)`, "text-anchor": "end" }
      : { x: x(index), y: bottom + 18, "text-anchor": "middle" };
    return svg("text", { class: "tick", ...place }, name);
  });
}

function axisTitles({ x_label: across, y_label: up }, { left, right, bottom }) {
  const middle = (left + right) / 2;
  return [
    across &&
      svg(
        "text",
        { class: "axis-title", x: middle, y: HEIGHT - 6, "text-anchor": "middle" },
        across,
      ),
    up &&
      svg(
        "text",
        {
          class: "axis-title",
          transform: `translate(13 ${(bottom + 12) / 2}) rotate(-90)`,
          "text-anchor": "middle",
        },
        up,
      ),
  ];
}

function valueAt(series, category) {
  return series.data.find(({ label }) => label === category)?.value ?? null;
}

function path({ categories, x, y }, series) {
  return categories
    .map((category, index) => [x(index), valueAt(series, category)])
    .filter(([, value]) => value !== null)
    .map(([across, value], index) => `${index ? "L" : "M"}${across} ${y(value)}`)
    .join("");
}

function points({ categories, x, y }, series, index) {
  return categories.map((category, at) => {
    const value = valueAt(series, category);
    if (value === null) return null;
    const mark = svg("circle", {
      class: `point series-${index % 12}`,
      cx: x(at),
      cy: y(value),
      r: 4,
    });
    mark.append(svg("title", {}, `${series.name}, ${category}: ${figure(value)}`));
    return mark;
  });
}

function bars(frame, series, index, count) {
  const { categories, band, x, y } = frame;
  const room = Math.min(band * 0.76, 76 * count);
  const width = room / count;
  return categories.map((category, at) => {
    const value = valueAt(series, category);
    if (value === null) return null;
    const left = x(at) - room / 2 + width * index;
    const [top, foot] = [y(Math.max(value, 0)), y(Math.min(value, 0))];
    const shape = {
      x: left + 1,
      y: top,
      width: Math.max(width - 2, 1),
      height: Math.max(foot - top, 1),
      rx: Math.min(3, width / 4),
    };
    const bar = svg(
      "rect",
      { class: `bar series-${index % 12}`, ...shape },
      svg("title", {}, `${series.name}, ${category}: ${figure(value)}`),
    );
    const label =
      width >= 22 &&
      svg(
        "text",
        { class: "value", x: left + width / 2, y: top - 4, "text-anchor": "middle" },
        figure(value),
      );
    return [bar, label];
  });
}
