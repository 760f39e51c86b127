// Numbers to places: round ticks, and figures as a person writes them.

import { habit } from "../state.js";

/** A figure in the viewer's habit; text stays text. */
export function figure(value) {
  return typeof value === "number"
    ? new Intl.NumberFormat(habit(), { maximumFractionDigits: 2 }).format(value)
    : String(value);
}

/** Round ticks from at most the lowest to at least the highest value, zero included. */
export function ticks(values, wanted = 5) {
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const step = roundStep((high - low || 1) / wanted);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  return Array.from(
    { length: Math.max(last - first, 1) + 1 },
    (_, index) => (first + index) * step,
  );
}

function roundStep(rough) {
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * [1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough * 0.999);
}

/** A function from [low, high] to [from, to]. */
export function linear([low, high], [from, to]) {
  return (value) => from + ((value - low) / (high - low || 1)) * (to - from);
}
