// Times in the viewer's zone and habit, and Slack's date tokens.

import { now } from "../clock.js";
import { clockFace, habit, me } from "../state.js";

const UNITS = [
  ["year", 31536000],
  ["month", 2592000],
  ["day", 86400],
  ["hour", 3600],
  ["minute", 60],
];

/** A date as the person who is looking would write it. */
export function inZone(date, options) {
  const { tz } = me();
  return new Intl.DateTimeFormat(habit(), { timeZone: tz || "UTC", ...options }).format(date);
}

/** The calendar day in the viewer's zone, YYYY-MM-DD. */
export function dayOf(date) {
  const parts = { year: "numeric", month: "2-digit", day: "2-digit", timeZone: me().tz || "UTC" };
  return new Intl.DateTimeFormat("en-CA", parts).format(date);
}

/** Hours and minutes. */
export function timeOf(date) {
  return inZone(date, clockFace());
}

/** A moment in full, for a tooltip. */
export function momentOf(date) {
  return inZone(date, {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    ...clockFace(),
    timeZoneName: "short",
  });
}

/** The Date of a Slack ts. */
export function fromTs(ts) {
  return new Date(Number.parseFloat(ts) * 1000);
}

/** "Today", "Yesterday" or "Tomorrow", else null. */
export function nearDay(date) {
  const days = { Yesterday: -1, Today: 0, Tomorrow: 1 };
  const day = dayOf(date);
  return (
    Object.keys(days).find(
      (name) => dayOf(new Date(now().getTime() + days[name] * 86400000)) === day,
    ) ?? null
  );
}

/** A heading above a day's messages. */
export function dayHeading(date) {
  return nearDay(date) ?? inZone(date, { weekday: "long", day: "numeric", month: "long" });
}

function ago(date) {
  const seconds = Math.round((date.getTime() - now().getTime()) / 1000);
  const relative = new Intl.RelativeTimeFormat(habit(), { numeric: "auto" });
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
  return relative.format(Math.trunc(seconds / size), unit);
}

const LONG = { weekday: "long", year: "numeric", month: "long", day: "numeric" };
const MEDIUM = { year: "numeric", month: "long", day: "numeric" };
const SHORT = { year: "numeric", month: "short", day: "numeric" };

const pretty = (date, options) => nearDay(date)?.toLowerCase() ?? inZone(date, options);

const FORMATS = {
  date_num: (date) => dayOf(date),
  date_slash: (date) => inZone(date, { year: "numeric", month: "2-digit", day: "2-digit" }),
  date: (date) => inZone(date, MEDIUM),
  date_short: (date) => inZone(date, SHORT),
  date_long: (date) => inZone(date, LONG),
  date_pretty: (date) => pretty(date, MEDIUM),
  date_short_pretty: (date) => pretty(date, SHORT),
  date_long_pretty: (date) => pretty(date, LONG),
  day_divider_pretty: (date) => pretty(date, { weekday: "long", month: "long", day: "numeric" }),
  time: (date) => timeOf(date),
  time_secs: (date) => inZone(date, { ...clockFace(), second: "2-digit" }),
  ago,
};

/** A date token's text: "{date_short_pretty} at {time}" filled in for the viewer. */
export function filledDate(unix, format, fallback) {
  const date = new Date(Number(unix) * 1000);
  if (Number.isNaN(date.getTime())) return fallback ?? String(unix);
  const text = String(format).replace(
    /\{(\w+)\}/g,
    (token, name) => FORMATS[name]?.(date) ?? token,
  );
  return text.replace(
    /^(today|yesterday|tomorrow)/,
    (word) => word.charAt(0).toUpperCase() + word.slice(1),
  );
}
