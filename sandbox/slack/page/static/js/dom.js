// Building nodes. Everything that comes from outside goes through here as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";

/** An element: attributes by name, `on` + Event for listeners, nodes or text as children. */
export function el(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** The same for SVG elements. */
export function svg(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) assign(node, name, value);
  node.append(
    ...children
      .flat(Infinity)
      .filter((child) => child !== null && child !== undefined && child !== false),
  );
  return node;
}

function assign(node, name, value) {
  if (value === undefined || value === null || value === false) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (name === "href" || name === "src") node.setAttribute(name, safeAddress(value));
  else node.setAttribute(name, value === true ? "" : String(value));
}

/** The address if a person may follow it (http, https, mailto, our own), else a dead one. */
export function safeAddress(address) {
  try {
    const { protocol } = new URL(address, location.href);
    return ["http:", "https:", "mailto:", "tel:"].includes(protocol) ? address : "#";
  } catch {
    return "#";
  }
}

/** Replaces what a node holds. */
export function fill(node, ...children) {
  node.replaceChildren(...children.flat(Infinity).filter(Boolean));
  return node;
}

let counter = 0;

/** An id that no other element of this page has. */
export function uniqueId(prefix = "n") {
  counter += 1;
  return `${prefix}-${counter}`;
}

/** "1 reply", "2 replies". */
export function counted(number, one, many = `${one}s`) {
  return `${number} ${number === 1 ? one : many}`;
}
