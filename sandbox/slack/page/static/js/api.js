// The page's conversation with the sandbox: reads by GET, acts by POST, errors as sentences.

const ROOT = "/page/api";

/** What the sandbox answered when it could not do as asked. */
export class Refusal extends Error {}

async function answer(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok || body.error)
    throw new Refusal(body.error ?? `The sandbox answered ${response.status}.`);
  return body;
}

async function reached(request) {
  try {
    return await request;
  } catch {
    throw new Refusal("The sandbox cannot be reached. Is it still running?");
  }
}

/** GET a resource; parameters that are null or undefined are left out. */
export async function read(path, parameters = {}) {
  const query = new URLSearchParams(
    Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined),
  );
  return answer(await reached(fetch(`${ROOT}/${path}?${query}`)));
}

/** POST a JSON body. */
export async function act(path, body) {
  const request = fetch(`${ROOT}/${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  return answer(await reached(request));
}

/** Uploads a file of a person's own; returns {id, name, size}. */
export async function attach(file, user) {
  const query = new URLSearchParams({ user, name: file.name });
  const body = { method: "POST", body: file };
  return answer(await reached(fetch(`${ROOT}/files?${query}`, body)));
}

/** Where a file of the sandbox is downloaded from. */
export function fileAddress(file, kind = "download") {
  if (kind === "preview") return `files/${encodeURIComponent(file.id)}/preview`;
  return `${ROOT}/files/${encodeURIComponent(file.id)}/${encodeURIComponent(file.name)}`;
}
