// Selects of every kind: fixed options, options asked from the app, people, channels.

import { confirmed } from "../dialogs.js";
import { nameOf, openChannel, state } from "../state.js";
import { plain } from "../text/objects.js";
import { combobox } from "./combobox.js";

const INITIAL_IDS = {
  users: "initial_user",
  conversations: "initial_conversation",
  channels: "initial_channel",
};

const kindOf = (element) => element.type.replace(/^multi_/, "").replace(/_select$/, "");

/** A select of one; it reads as the option's value (or the id of a person or channel) or null. */
export function select(element, place) {
  return menu(element, place, { many: false, read: (options) => options[0]?.value ?? null });
}

/** A select of several; it reads as the list of their values. */
export function multiSelect(element, place) {
  return menu(element, place, {
    many: true,
    read: (options) => options.map((option) => option.value),
  });
}

function menu(element, place, { many, read }) {
  const { id, name, kept, changed } = place;
  let before = [];
  const box = combobox({
    id,
    many,
    name: name || plain(element.placeholder) || "Choose",
    placeholder: plain(element.placeholder) || (many ? "Choose some" : "Choose one"),
    chosen: kept ?? initial(element),
    limit: element.max_selected_items ?? (many ? Infinity : 1),
    external: kindOf(element) === "external", // the app does the filtering
    minimum: kindOf(element) === "external" ? (element.min_query_length ?? 3) : 0,
    groups: (query) => groups(element, place, query),
    change: async (options) => {
      if (await confirmed(element.confirm)) changed(read(options), box.node);
      else box.choose(before);
      before = box.chosen();
    },
  });
  before = box.chosen();
  return {
    node: box.node,
    focusable: box.input,
    read: () => read(box.chosen()),
    raw: () => box.chosen(),
  };
}

function initial(element) {
  const kind = kindOf(element);
  if (INITIAL_IDS[kind]) {
    const field = INITIAL_IDS[kind];
    const current = element.default_to_current_conversation
      ? [openChannel()].filter(Boolean)
      : undefined;
    return [element[field] ?? element[`${field}s`] ?? current ?? []]
      .flat()
      .map((id) => ({ value: id, label: nameOf(id) }));
  }
  return (element.initial_options ?? [element.initial_option]).filter(Boolean).map(simple);
}

const simple = (option) => ({
  value: option.value,
  label: plain(option.text),
  note: plain(option.description),
});

async function groups(element, place, query) {
  const kind = kindOf(element);
  if (kind === "external")
    return asked(await place.surface.suggest({ block: place.block, element, query }));
  if (kind === "users") return [{ options: people() }];
  if (kind === "channels") return [{ options: channels() }];
  if (kind === "conversations") return [{ options: conversations(element.filter ?? {}) }];
  return asked(element);
}

function asked({ options, option_groups: optionGroups }) {
  if (optionGroups?.length)
    return optionGroups.map((group) => ({
      label: plain(group.label),
      options: group.options.map(simple),
    }));
  return [{ options: (options ?? []).map(simple) }];
}

const people = () =>
  [...state.people.values()]
    .filter((user) => !user.deleted)
    .map((user) => ({ value: user.id, label: user.name }));

const channels = () => listed((channel) => !channel.is_im);

function conversations({ include, exclude_external_shared_channels: noShared }) {
  const kindOfChannel = ({ is_im: isDirect, is_private: isPrivate }) =>
    isDirect ? "im" : isPrivate ? "private" : "public";
  return listed(
    (channel) =>
      (!include || include.includes(kindOfChannel(channel))) &&
      !(noShared && channel.is_ext_shared),
  );
}

function listed(fits) {
  const found = [...state.channels.values()].filter(
    (channel) => !channel.is_archived && fits(channel),
  );
  return found.map(({ id }) => ({ value: id, label: nameOf(id) }));
}
