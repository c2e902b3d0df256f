// The inputs of Block Kit: drawn with the value that they have, and read back as the plain value that stands in them.
import { h } from "./dom.js";
import { markup, plain } from "./markup.js";

const LINES = { number_input: "number", email_text_input: "email", url_text_input: "url" };
const HELD = ["value", "selected_option", "selected_options", "selected_date", "selected_time", "selected_user",
  "selected_users", "selected_conversation", "selected_conversations", "selected_channel", "selected_channels"];

export const isGroup = (element) => ["radio_buttons", "checkboxes"].includes(element.type) || element.type.startsWith("multi_");

// What stands in a field, from the state as Slack sends it: a text, an option's value, a list of values.
export function standing(state) {
  const content = state ? HELD.map((key) => state[key]).find((one) => one !== undefined && one !== null) : null;
  if (Array.isArray(content)) return content.map((one) => one.value ?? one);
  return content && typeof content === "object" ? content.value : content ?? null;
}

function offered(element, page) {
  if (element.option_groups) {
    return element.option_groups.map((group) => ({ label: group.label.text, options: group.options }));
  }
  if (element.options) return [{ options: element.options }];
  const people = element.type.includes("users");
  const listed = people ? page.people.filter((one) => !one.bot) : page.places.filter((one) => !one.dm);
  return [{ options: listed.map((one) => ({ value: one.id, text: { text: people ? one.name : `#${one.name}` } })) }];
}

const said = (text, page) => (text.type === "mrkdwn" ? markup(text.text, page.names) : plain(text.text));

// `about`: {id, key, label, describedby, invalid, required}; `changed(value)` hears of each change.
export function field(element, value, about, page, changed) {
  const attributes = {
    id: about.id, "data-key": about.key, "aria-label": about.label, "aria-describedby": about.describedby,
    "aria-invalid": about.invalid ? "true" : null, "aria-required": about.required ? "true" : null,
    placeholder: element.placeholder?.text,
  };
  if (isGroup(element)) return choices(element, value, about, page, changed);
  if (element.type.endsWith("_select")) return dropdown(element, value, attributes, page, changed);
  if (element.type === "datepicker" || element.type === "timepicker") {
    const kind = element.type === "datepicker" ? "date" : "time";
    return h("input", { ...attributes, type: kind, value, step: kind === "time" ? 900 : null, onchange: (event) => changed(event.target.value || null) });
  }
  const line = { ...attributes, maxlength: element.max_length, oninput: (event) => changed(event.target.value) };
  if (!element.multiline) return h("input", { ...line, type: LINES[element.type] ?? "text", value });
  return h("textarea", { ...line, rows: 5 }, value ?? "");
}

function dropdown(element, value, attributes, page, changed) {
  const option = (one) => h("option", { value: one.value, selected: one.value === value }, one.text.text);
  const groups = offered(element, page).map((group) => (group.label
    ? h("optgroup", { label: group.label }, group.options.map(option)) : group.options.map(option)));
  const stays = attributes["aria-required"] === "true" && value !== null; // as in Slack, what is needed cannot be emptied again
  const empty = h("option", { value: "", selected: value === null, disabled: stays }, element.placeholder?.text ?? page.words.choose);
  const { placeholder, ...rest } = attributes;
  return withKeys(h("select", rest, empty, groups), changed);
}

// Where arrows walk through the menu, the choice counts once it is left or confirmed; by mouse it counts at once.
function withKeys(select, changed) {
  let walking = false;
  let last = select.value;
  const tell = () => { if (select.value !== last) { last = select.value; changed(select.value || null); } };
  select.addEventListener("keydown", (event) => {
    if (event.key === "Enter") { walking = false; tell(); } else if (event.key !== "Tab") walking = true;
  });
  select.addEventListener("pointerdown", () => { walking = false; });
  select.addEventListener("blur", () => { walking = false; tell(); });
  select.addEventListener("change", () => { if (!walking) tell(); });
  return select;
}

function choices(element, value, about, page, changed) {
  const several = element.type !== "radio_buttons";
  const chosen = new Set(several ? value ?? [] : [value]);
  const tell = () => {
    const values = [...box.querySelectorAll("input:checked")].map((one) => one.value);
    changed(several ? values : values[0] ?? null);
  };
  const options = offered(element, page).flatMap((group) => group.options);
  const box = h("div", { class: options.length > 12 ? "choices long" : "choices" }, options.map((one, at) => h("label", { class: "choice" },
    h("input", {
      type: several ? "checkbox" : "radio", name: about.id, value: one.value, checked: chosen.has(one.value),
      "data-key": `${about.key}|${one.value}`, id: at ? null : about.id, onchange: tell, "aria-describedby": about.describedby,
    }),
    h("span", {}, said(one.text, page), one.description ? h("small", {}, one.description.text) : ""))));
  return box;
}
