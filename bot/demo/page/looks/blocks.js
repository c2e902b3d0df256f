// Block Kit as elements. A `place` says where the blocks stand: {key, values, errors, typed(block, action, value, type),
// use(block, element, value)}.
import { h, menu } from "./dom.js";
import { field, isGroup, standing } from "./fields.js";
import { chart, table } from "./figures.js";
import { markup, plain } from "./markup.js";

let serial = 0;

export function blocks(list, place, page) {
  return (list ?? []).map((block) => (DRAWN[block.type] ?? unknown)(block, place, page));
}

const words = (text, page) => (text.type === "mrkdwn" ? markup(text.text, page.names) : plain(text.text));

function unknown(block) {
  return h("p", { class: "undrawn" }, `[${block.type}]`);
}

const DRAWN = {
  header: (block) => h("h3", { class: "block header" }, plain(block.text.text)),
  divider: () => h("hr", { class: "block" }),
  context: (block, _place, page) => h("p", { class: "block context" }, block.elements.map((one) => h("span", {}, one.type === "image"
    ? h("img", { src: one.image_url, alt: one.alt_text }) : words(one, page)))),
  image: (block) => h("figure", { class: "block" }, h("img", { src: block.image_url, alt: block.alt_text }),
    block.title ? h("figcaption", {}, block.title.text) : ""),
  section: (block, place, page) => h("div", { class: "block section" },
    h("div", { class: "said" },
      block.text ? h("p", {}, words(block.text, page)) : "",
      block.fields ? h("div", { class: "facts" }, block.fields.map((one) => h("p", {}, words(one, page)))) : ""),
    block.accessory ? h("div", { class: "accessory" }, element(block, block.accessory, place, page)) : ""),
  actions: (block, place, page) => h("div", { class: "block actions" }, block.elements.map((one) => element(block, one, place, page))),
  input: (block, place, page) => input(block, place, page),
  data_table: table,
  data_visualization: chart,
};

function element(block, one, place, page) {
  const key = `${place.key}|${block.block_id}|${one.action_id}|${one.value ?? ""}`;
  if (one.type === "button") {
    return h("button", {
      type: "button", class: `press ${one.style ?? ""}`, "data-key": key, "aria-label": one.accessibility_label,
      onclick: async (event) => {
        const pressed = event.currentTarget;
        if (one.confirm && !(await page.confirms(one.confirm))) return;
        if (one.url) window.open(one.url, "_blank", "noopener");
        pressed.setAttribute("aria-busy", "true");
        await place.use(block, one, null);
        pressed.removeAttribute("aria-busy");
      },
    }, plain(one.text.text));
  }
  if (one.type === "image") return h("img", { src: one.image_url, alt: one.alt_text });
  const use = async (value) => {
    if (!one.confirm || (await page.confirms(one.confirm))) await place.use(block, one, value);
    else page.again();
  };
  if (one.type === "overflow") {
    return menu(page.words.more, "⋯", one.options.map((option) => [option.text.text, () => use(option.value)]), key);
  }
  const value = place.value(block, one) ?? standing(place.values?.[block.block_id]?.[one.action_id]);
  const label = one.placeholder?.text ?? page.words.choose;
  return field(one, value ?? standing(initial(one)), { id: `f${serial += 1}`, key, label }, page, (chosen) => {
    place.typed(block, one, chosen);
    return use(chosen);
  });
}

// What a menu in a message was drawn with: messages carry no state.
function initial(one) {
  return { value: one.initial_value, selected_option: one.initial_option, selected_options: one.initial_options,
    selected_date: one.initial_date, selected_time: one.initial_time };
}

function input(block, place, page) {
  const one = block.element;
  const id = `f${serial += 1}`;
  const error = place.errors?.[block.block_id];
  const described = [error ? `${id}-error` : "", block.hint ? `${id}-hint` : ""].filter(Boolean).join(" ") || null;
  const about = { id, key: `${place.key}|${block.block_id}|${one.action_id}`, describedby: described, invalid: Boolean(error), required: !block.optional };
  const value = place.value(block, one) ?? standing(place.values?.[block.block_id]?.[one.action_id]);
  const drawn = field(one, value, about, page, (chosen) => {
    place.typed(block, one, chosen);
    if (block.dispatch_action) place.use(block, one, chosen);
  });
  const label = [block.label.text, block.optional ? h("span", { class: "optional" }, ` ${page.words.optional}`) : ""];
  const beside = [
    block.hint ? h("p", { class: "hint", id: `${id}-hint` }, block.hint.text) : "",
    error ? h("p", { class: "error", id: `${id}-error` }, error) : "",
  ];
  const attributes = { class: error ? "block field wrong" : "block field", "data-block": block.block_id };
  if (isGroup(one)) return h("fieldset", attributes, h("legend", {}, label), drawn, beside);
  return h("div", attributes, h("label", { for: id }, label), drawn, beside);
}
