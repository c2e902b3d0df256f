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
  const focused = place.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  place.replaceChildren(...children.flat());
  const again = focused && [...place.querySelectorAll("[data-key]")].find((one) => one.dataset.key === focused);
  if (again) again.focus({ preventScroll: true });
}

// Puts these nodes into the place; those that stand there already stay untouched, with what is open or focused in them.
export function settle(place, nodes) {
  nodes.forEach((node, at) => { if (place.childNodes[at] !== node) place.insertBefore(node, place.childNodes[at] ?? null); });
  while (place.childNodes.length > nodes.length) place.lastChild.remove();
}

// A small menu of buttons: [label, act] each; it closes when it is left.
export function menu(label, shown, items, key) {
  const list = h("div", { class: "menu-items" }, items.map(([text, act]) => h("button", {
    type: "button", onclick: () => { made.open = false; act(); },
  }, text)));
  const made = h("details", { class: "menu" }, h("summary", { "aria-label": label, title: label, "data-key": key }, shown), list);
  made.addEventListener("focusout", (event) => { if (!made.contains(event.relatedTarget)) made.open = false; });
  made.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && made.open) { event.stopPropagation(); event.preventDefault(); made.open = false; made.firstChild.focus(); }
  });
  return made;
}
