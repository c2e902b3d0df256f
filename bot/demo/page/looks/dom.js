// Making elements, and keeping the focus where it was when a part of the page is drawn anew.

export function h(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

export const byId = (id) => document.getElementById(id);

export function redraw(place, ...children) {
  keeping(place, () => place.replaceChildren(...children.flat()));
}

// Puts these nodes into the place; those that stand there already stay untouched: to move one would close and blur it.
export function settle(place, nodes) {
  keeping(place, () => {
    for (const one of [...place.childNodes]) { if (!nodes.includes(one)) one.remove(); }
    nodes.forEach((node, at) => { if (place.childNodes[at] !== node) place.insertBefore(node, place.childNodes[at] ?? null); });
  });
}

// Changes what stands in the place; the menus that were open there and the focus are found again by their keys.
function keeping(place, change) {
  const keyed = (key) => [...place.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key);
  const focused = place.contains(document.activeElement) ? document.activeElement : null;
  const opened = [...place.querySelectorAll(".menu[open] > summary")].map((one) => one.dataset.key);
  change();
  for (const key of opened) keyed(key)?.parentElement.setAttribute("open", "");
  if (focused?.dataset.key && document.activeElement !== focused) keyed(focused.dataset.key)?.focus({ preventScroll: true });
}

// A small menu of buttons: [label, act] each; it closes when it is left.
export function menu(label, shown, items, key) {
  const list = h("div", { class: "menu-items" }, items.map(([text, act]) => h("button", {
    type: "button", "data-key": `${key} ${text}`, onclick: () => { made.open = false; act(); },
  }, text)));
  const made = h("details", { class: "menu" }, h("summary", { "aria-label": label, title: label, "data-key": key }, shown), list);
  made.addEventListener("focusout", (event) => { if (!made.contains(event.relatedTarget)) made.open = false; });
  made.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && made.open) { event.stopPropagation(); event.preventDefault(); made.open = false; made.firstChild.focus(); }
  });
  return made;
}
