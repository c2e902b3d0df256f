// The form on top: what is typed is kept as it is typed, errors stand at their fields, and Escape closes one layer.
import { byId, h, redraw } from "./dom.js";
import { blocks } from "./blocks.js";

const typed = new Map(); // by view, block and action: [type, value]; what stands in the fields before it is sent
let drawn = "";
let top = null;
let errors = {};
let later = null;

export function show(stack, page) {
  top = stack.at(-1) ?? null;
  const dialog = byId("modal");
  if (!top) {
    drawn = "";
    errors = {};
    typed.clear();
    if (dialog.open) { dialog.close(); page.showsAnswer(); }
    return;
  }
  const now = `${top.id} ${top.times} ${stack.length} ${page.language}`;
  if (now === drawn) return;
  const isOther = !drawn.startsWith(`${top.id} `);
  drawn = now;
  errors = {};
  draw(page);
  if (!dialog.open) dialog.showModal();
  if (isOther) dialog.scrollTop = 0;
  const form = dialog.querySelector(".form");
  if (isOther || !form.contains(document.activeElement)) { // what had the focus may be gone, such as the word that it opens
    (form.querySelector(".field :is(input, select, textarea)") ?? byId("modal-title")).focus({ preventScroll: !isOther });
  }
}

export function draw(page) {
  const view = top.drawn;
  const place = {
    key: top.id, values: top.values, errors,
    value: (block, one) => { const kept = typed.get(`${top.id}|${block.block_id}|${one.action_id}`); return kept && kept[0] === one.type ? kept[1] : undefined; },
    typed: (block, one, value) => {
      typed.set(`${top.id}|${block.block_id}|${one.action_id}`, [one.type, value]);
      clearTimeout(later);
      const [id, ids] = [top.id, { block: block.block_id, action: one.action_id }];
      later = setTimeout(() => page.ask("put", { view: id, ...ids, value }), 250);
    },
    use: (block, one, value) => {
      page.awaits();
      return page.ask("use", { view: top.id, block: block.block_id, action: one.action_id, value });
    },
  };
  const failed = Object.keys(errors).length > 0;
  redraw(byId("modal"), h("form", { class: "form", novalidate: true, onsubmit: (event) => { event.preventDefault(); submit(page); } },
    h("div", { class: "modal-head" },
      h("h2", { id: "modal-title", tabindex: "-1" }, view.title.text),
      h("button", { type: "button", class: "quiet x", "data-key": "x", "aria-label": page.words.close, onclick: () => close(page) }, "✕")),
    failed ? h("p", { class: "error look", role: "alert" }, page.words.look) : "",
    h("div", { class: "modal-body" }, blocks(view.blocks, place, page)),
    h("div", { class: "modal-foot" },
      h("button", { type: "button", class: "press", "data-key": "close", onclick: () => close(page) }, view.close?.text ?? page.words.close),
      view.submit ? h("button", { type: "submit", class: "press primary", "data-key": "submit" }, view.submit.text) : "")));
}

function values() {
  const found = [];
  for (const [key, [, value]] of typed) {
    const [view, block, action] = key.split("|");
    if (view === top.id && top.drawn.blocks.some((one) => one.block_id === block && hasAction(one, action))) found.push([block, action, value]);
  }
  return found;
}

const hasAction = (block, action) => [block.element, block.accessory, ...(block.elements ?? [])].some((one) => one?.action_id === action);

async function submit(page) {
  clearTimeout(later);
  const button = byId("modal").querySelector("button[type=submit]");
  if (!button || button.getAttribute("aria-busy")) return;
  button.setAttribute("aria-busy", "true");
  const view = top.id;
  page.awaits();
  const answer = await page.ask("submit", { view, values: values() });
  button.removeAttribute("aria-busy");
  if (answer.errors && Object.keys(answer.errors).length && top?.id === view) {
    errors = answer.errors;
    draw(page);
    const first = byId("modal").querySelector(".wrong :is(input, select, textarea)");
    first?.focus();
    first?.closest(".field").scrollIntoView({ block: "start" });
  }
}

export function close(page) {
  if (top) page.ask("close", { view: top.id });
}
