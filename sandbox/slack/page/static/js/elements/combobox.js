// A field with a list under it: one or several options, filtered by what is typed.
// Follows the ARIA combobox pattern: arrows move, Enter chooses, Escape closes, Backspace takes back.

import { el, fill, uniqueId } from "../dom.js";
import { icon } from "../icons.js";
import { placePopup } from "../menus.js";

const PAUSE_MS = 120; // between the last key and asking the app

/** {node, input, chosen(), choose(options)}; `groups(query)` gives [{label?, options: [{value, label, note?}]}]. */
export function combobox(settings) {
  const box = new Combobox(settings);
  return {
    node: box.node,
    input: box.input,
    chosen: () => box.options,
    choose: (options) => box.set(options),
  };
}

class Combobox {
  constructor(settings) {
    this.settings = settings;
    this.options = [];
    this.active = -1;
    this.asked = 0;
    this.listId = uniqueId("list");
    this.input = el("input", {
      type: "text",
      id: settings.id,
      role: "combobox",
      autocomplete: "off",
      "aria-expanded": "false",
      "aria-controls": this.listId,
      "aria-autocomplete": "list",
      "aria-label": settings.id ? null : settings.name,
      placeholder: settings.placeholder,
      onclick: () => this.open(),
      oninput: () => this.typed(),
      onkeydown: (event) => this.key(event),
      onblur: () => this.close(),
    });
    this.chips = el("span", { class: "chips" });
    this.list = el("div", {
      class: "popup listbox",
      id: this.listId,
      role: "listbox",
      "aria-label": settings.name,
      "aria-multiselectable": settings.many ? "true" : null,
      hidden: true,
    });
    this.list.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the field's focus
    this.node = el(
      "div",
      { class: `combobox${settings.many ? " combobox-many" : ""}` },
      this.chips,
      this.input,
      icon("down"),
      this.list,
    );
    this.set(settings.chosen ?? []);
  }

  set(options) {
    this.options = options;
    if (this.settings.many)
      fill(
        this.chips,
        options.map((option) => this.chip(option)),
      );
    else this.input.value = options[0]?.label ?? "";
  }

  chip(option) {
    const remove = () => this.toggle(option);
    return el(
      "span",
      { class: "chip" },
      option.label,
      el(
        "button",
        { type: "button", "aria-label": `Remove ${option.label}`, onclick: remove },
        icon("close"),
      ),
    );
  }

  open() {
    if (!this.list.hidden) return;
    this.input.select();
    this.show("");
  }

  typed() {
    clearTimeout(this.pause);
    this.pause = setTimeout(
      () => this.show(this.input.value),
      this.settings.external ? PAUSE_MS : 0,
    );
  }

  async show(query) {
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    placePopup(this.node, this.list);
    if (query.length < this.settings.minimum)
      return this.say(`Type at least ${this.settings.minimum} characters`);
    const turn = (this.asked += 1);
    if (this.settings.external || !this.list.childElementCount) this.say("Looking…");
    try {
      const groups = await this.settings.groups(query);
      if (turn === this.asked && !this.list.hidden) this.draw(groups, query);
    } catch (refusal) {
      if (turn === this.asked) this.say(refusal.message);
    }
    return placePopup(this.node, this.list);
  }

  say(text) {
    this.rows = [];
    this.setActive(-1);
    fill(this.list, el("div", { class: "listbox-note" }, text));
  }

  draw(groups, query) {
    const wanted = query.trim().toLocaleLowerCase();
    const fits = (option) =>
      this.settings.external || option.label.toLocaleLowerCase().includes(wanted);
    this.rows = [];
    const nodes = groups.map((group) => {
      const rows = group.options.filter(fits).map((option) => this.row(option));
      return rows.length && group.label
        ? el(
            "div",
            { role: "group", "aria-label": group.label },
            el("div", { class: "listbox-group" }, group.label),
            rows,
          )
        : rows;
    });
    if (!this.rows.length) return this.say("Nothing found");
    fill(this.list, nodes);
    return this.setActive(this.rows.findIndex(({ option }) => this.has(option)));
  }

  row(option) {
    const note = option.note && el("span", { class: "quiet" }, option.note);
    const node = el(
      "div",
      {
        role: "option",
        id: uniqueId("option"),
        class: "option",
        "aria-selected": String(this.has(option)),
      },
      el("span", {}, option.label),
      note,
    );
    node.addEventListener("click", () => this.toggle(option));
    this.rows.push({ option, node });
    return node;
  }

  has(option) {
    return this.options.some((chosen) => chosen.value === option.value);
  }

  toggle(option) {
    const { many, limit } = this.settings;
    if (many && this.has(option))
      this.set(this.options.filter((chosen) => chosen.value !== option.value));
    else if (many && this.options.length >= limit) return;
    else this.set(many ? [...this.options, option] : [option]);
    if (many) this.input.value = "";
    this.close();
    this.settings.change(this.options);
  }

  close() {
    clearTimeout(this.pause);
    this.asked += 1;
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    if (!this.settings.many) this.input.value = this.options[0]?.label ?? "";
  }

  setActive(index) {
    this.active = index;
    this.rows?.forEach(({ node }, at) => node.classList.toggle("active", at === index));
    const node = this.rows?.[index]?.node;
    if (node) {
      this.input.setAttribute("aria-activedescendant", node.id);
      node.scrollIntoView({ block: "nearest" });
    } else this.input.removeAttribute("aria-activedescendant");
  }

  key(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (steps[event.key]) {
      event.preventDefault();
      if (this.list.hidden) this.open();
      else if (this.rows?.length)
        this.setActive((this.active + steps[event.key] + this.rows.length) % this.rows.length);
    } else if (event.key === "Enter") this.enter(event);
    else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (
      event.key === "Backspace" &&
      this.settings.many &&
      !this.input.value &&
      this.options.length
    )
      this.toggle(this.options.at(-1));
  }

  enter(event) {
    if (this.list.hidden) return;
    event.preventDefault();
    const row = this.rows?.[this.active] ?? this.rows?.[0];
    if (row) this.toggle(row.option);
  }
}
