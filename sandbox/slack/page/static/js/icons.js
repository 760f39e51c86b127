// The page's own pictograms, drawn on a 20 by 20 grid. They are decoration: names go on the control.

import { svg } from "./dom.js";

const PATHS = {
  hash: "M7.5 3 6 17M14 3l-1.5 14M3.5 7.5h14M2.5 12.5h14",
  lock: "M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 6 0V9",
  send: "M3 10 17 3.5 13 17l-3.2-5.3zM9.8 11.7 17 3.5",
  bolt: "M11 2 4.5 11.5H9.5L9 18l6.5-9.5h-5z",
  reply: "M3 5h14v9H9l-4 3.5V14H3z",
  more: "M4.5 10h.01M10 10h.01M15.5 10h.01",
  close: "M5 5l10 10M15 5 5 15",
  back: "M12 4.5 6.5 10l5.5 5.5",
  next: "M8 4.5 13.5 10 8 15.5",
  down: "M5 7.5l5 5 5-5",
  file: "M5 2.5h6.5L16 7v10.5H5zM11.5 2.5V7H16",
  clip: "M14 7.500 8.300 13.200a1.800 1.800 0 0 0 2.500 2.500l6-6a3.400 3.400 0 0 0-4.800-4.800l-6.200 6.200a5 5 0 0 0 7 7L17 14",
  download: "M10 3v9M6 8.5l4 4 4-4M4 16.5h12",
  table: "M3 4h14v12H3zM3 8h14M3 12h14M8 4v12",
  sun: "M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM10 1.5v2M10 16.5v2M1.5 10h2M16.5 10h2M4 4l1.4 1.4M14.6 14.6 16 16M16 4l-1.4 1.4M5.4 14.6 4 16",
  moon: "M16.5 12A7 7 0 1 1 8 3.5 5.6 5.6 0 0 0 16.5 12z",
  clock: "M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15zM10 6v4.2l2.8 1.8",
  plug: "M7 2.5V7M13 2.5V7M5 7h10v3a5 5 0 0 1-10 0zM10 15v3",
  flow: "M3 3h5v5H3zM12 12h5v5h-5zM5.5 8v6.5H12",
  menu: "M3 5.5h14M3 10h14M3 14.5h14",
  eye: "M1.8 10S5 4.5 10 4.5 18.2 10 18.2 10 15 15.5 10 15.5 1.8 10 1.8 10zM10 7.6a2.4 2.4 0 1 0 0 4.8 2.4 2.4 0 0 0 0-4.8z",
  check: "M4 10.5l4 4 8-9",
  warn: "M10 3 18 16.5H2zM10 8v4M10 14.3v.01",
  info: "M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15zM10 9v4.5M10 6.4v.01",
  error: "M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15zM7.2 7.2l5.6 5.6M12.8 7.2l-5.6 5.6",
  thumbsup:
    "M3 9h3v8H3zM6 9l3.5-6.5c1.6 0 2 1.2 1.7 2.6L10.700 8H16c1 0 1.500 1 1.300 1.800L16 15.500c-.3 1-1 1.500-2 1.500H6",
  thumbsdown:
    "M3 11h3V3H3zM6 11l3.5 6.500c1.600 0 2-1.200 1.700-2.600L10.700 12H16c1 0 1.500-1 1.300-1.800L16 4.500c-.3-1-1-1.500-2-1.500H6",
  trash: "M4 6h12M8 6V3.500h4V6M5.500 6l.7 11h7.600l.7-11M8.500 9v5M11.500 9v5",
  edit: "M4 16l.8-3.500L13.500 3.800l2.700 2.700L7.500 15.200zM11.800 5.500l2.700 2.700",
  home: "M3 9.500 10 3.500l7 6V17h-4.500v-4.500h-5V17H3z",
  spark: "M10 2.500l1.900 5.600 5.600 1.900-5.600 1.900L10 17.500l-1.900-5.600L2.500 10l5.600-1.900z",
  code: "M7 5.500 2.500 10 7 14.500M13 5.500l4.500 4.500-4.500 4.500",
};

/** A decorative pictogram by name; an unknown name draws nothing. */
export function icon(name) {
  return svg(
    "svg",
    { class: `icon icon-${name}`, viewBox: "0 0 20 20", "aria-hidden": "true", focusable: "false" },
    svg("path", { d: PATHS[name] ?? "" }),
  );
}
