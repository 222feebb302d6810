/**
 * Suggestions below the field of the search page, as a combobox with a list (WAI-ARIA): pages whose title begins so.
 * Without this script the field is a plain one.
 */
const PAUSE = 200; // milliseconds without a key
const SHORTEST = 2; // characters

const input = /** @type {HTMLInputElement} */ (document.getElementById("q"));
const list = /** @type {HTMLElement} */ (document.getElementById("suggesties"));
const status = /** @type {HTMLElement} */ (document.getElementById("aantal-suggesties"));

let asking = new AbortController();
let pause = 0;
/** The place in the list of what is picked; -1 for what was typed. */
let active = -1;

for (const [name, value] of Object.entries({
  role: "combobox",
  autocomplete: "off",
  "aria-autocomplete": "list",
  "aria-controls": list.id,
  "aria-expanded": "false",
}))
  input.setAttribute(name, value);

input.addEventListener("input", () => {
  close();
  pause = window.setTimeout(suggest, PAUSE);
});
input.addEventListener("blur", close);
input.addEventListener("keydown", (event) => {
  if (press(event.key)) event.preventDefault();
});
list.addEventListener("mousedown", (event) => {
  // The field keeps the focus, so that the list stays until the button is up.
  event.preventDefault();
});
list.addEventListener("click", ({ target }) => {
  if (target instanceof Element) open(target.closest("li"));
});

/** Whether the key did something here. @param {string} key */
function press(key) {
  if (key === "ArrowDown" && list.hidden) void suggest();
  else if (list.hidden) return false;
  else if (key === "ArrowDown") pick(active + 1);
  else if (key === "ArrowUp") pick(active - 1);
  else if (key === "Escape") close();
  else if (key === "Enter" && active >= 0) open(list.children[active]);
  else return false;
  return true;
}

async function suggest() {
  close();
  const question = input.value.trim();
  if (question.length < SHORTEST) return;
  try {
    const signal = asking.signal;
    const answer = await fetch(`/zoeken/suggesties?${new URLSearchParams({ q: question })}`, { signal });
    if (answer.ok) show(await answer.json());
  } catch {
    // Something else was typed meanwhile, or the connection is gone: then there are no suggestions.
  }
}

/** @param {{title: string, path: string, about: string}[]} pages */
function show(pages) {
  list.replaceChildren(...pages.map(option));
  list.hidden = pages.length === 0;
  input.setAttribute("aria-expanded", String(!list.hidden));
  status.textContent = pages.length === 1 ? "1 suggestie" : `${pages.length || "Geen"} suggesties`;
}

/** @param {{title: string, path: string, about: string}} page @param {number} place */
function option({ title, path, about }, place) {
  const item = document.createElement("li");
  item.id = `suggestie-${place}`;
  item.role = "option";
  item.ariaSelected = "false";
  item.dataset.path = path;
  const small = document.createElement("span");
  small.textContent = about;
  item.append(title, " ", small);
  return item;
}

/** Round: after the last comes what was typed, and then the first. @param {number} place */
function pick(place) {
  const { length } = list.children;
  active = place < -1 ? length - 1 : place >= length ? -1 : place;
  for (const [index, item] of [...list.children].entries()) item.ariaSelected = String(index === active);
  const picked = list.children[active];
  picked?.scrollIntoView({ block: "nearest" });
  if (picked) input.setAttribute("aria-activedescendant", picked.id);
  else input.removeAttribute("aria-activedescendant");
}

/** Also what is still being asked doesn't open it any more. */
function close() {
  window.clearTimeout(pause);
  asking.abort();
  asking = new AbortController();
  pick(-1);
  list.hidden = true;
  input.setAttribute("aria-expanded", "false");
  status.textContent = "";
}

/** @param {Element | null | undefined} item */
function open(item) {
  if (item instanceof HTMLElement && item.dataset.path) location.assign(item.dataset.path);
}
