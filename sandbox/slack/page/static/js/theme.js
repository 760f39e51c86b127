// Light or dark: the system's choice until the person makes one.

import { el, fill } from "./dom.js";
import { icon } from "./icons.js";

const REMEMBERED = "flowbot-sandbox-theme";
const system = matchMedia("(prefers-color-scheme: dark)");

const present = () => document.documentElement.dataset.theme ?? (system.matches ? "dark" : "light");

/** Applies the choice made on an earlier visit. */
export function takeTheme() {
  const theme = localStorage.getItem(REMEMBERED);
  if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
}

/** The button that changes over. */
export function themeButton() {
  const draw = () => {
    const other = present() === "dark" ? "light" : "dark";
    button.setAttribute("aria-label", `Use ${other} colours`);
    button.title = `Use ${other} colours`;
    fill(button, icon(other === "dark" ? "moon" : "sun"));
  };
  const change = () => {
    document.documentElement.dataset.theme = present() === "dark" ? "light" : "dark";
    localStorage.setItem(REMEMBERED, present());
    draw();
  };
  const button = el("button", { type: "button", class: "icon-button", onclick: change });
  system.addEventListener("change", draw);
  draw();
  return button;
}
