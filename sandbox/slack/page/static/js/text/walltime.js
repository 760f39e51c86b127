// Between moments and what a wall clock in the viewer's zone shows.

import { me } from "../state.js";

function wallParts(date) {
  const form = new Intl.DateTimeFormat("en-CA", {
    timeZone: me().tz || "UTC",
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });
  return Object.fromEntries(form.formatToParts(date).map(({ type, value }) => [type, value]));
}

/** "YYYY-MM-DDTHH:MM" on the viewer's wall at that second. */
export function toWall(unix) {
  const { year, month, day, hour, minute } = wallParts(new Date(unix * 1000));
  return `${year}-${month}-${day}T${hour}:${minute}`;
}

/** The second at which the viewer's wall clock shows that; in a gap of clock change, shortly after. */
export function fromWall(text) {
  const asUtc = (wall) => Date.parse(`${wall}:00Z`) / 1000;
  const wanted = asUtc(text.slice(0, 16));
  let guess = wanted;
  for (let round = 0; round < 2; round += 1) guess += wanted - asUtc(toWall(guess));
  return guess;
}
