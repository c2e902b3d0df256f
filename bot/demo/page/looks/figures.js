// Slack's tables and charts. A chart is for the eye; the numbers of each of its points are told in words too.
import { h } from "./dom.js";

const WIDE = 480, HIGH = 160, ROOM = 24;

export function table(block) {
  const named = block.row_header_column_index ?? 0;
  const [head, ...rows] = block.rows;
  const cell = (one, at) => (at === named ? h("th", { scope: "row" }, one.text) : h("td", { class: one.type === "raw_number" ? "number" : "" }, one.text));
  return h("div", { class: "block figures", tabindex: "0", role: "group", "aria-label": block.caption }, h("table", {},
    h("caption", {}, block.caption),
    h("thead", {}, h("tr", {}, head.map((one) => h("th", { scope: "col" }, one.text)))),
    h("tbody", {}, rows.map((row) => h("tr", {}, row.map(cell))))));
}

export function chart(block) {
  const { series, axis_config: { categories } } = block.chart;
  const told = series.map((one) => `${one.name}: ${one.data.map((point) => `${point.label} ${point.value}`).join(", ")}`).join(". ");
  return h("figure", { class: "block chart" }, h("figcaption", {}, block.title), lines(series, categories, `${block.title}. ${told}`),
    h("ul", { class: "legend" }, series.map((one, at) => h("li", { class: `line-${at % 6}` }, one.name))));
}

function lines(series, categories, label) {
  const most = Math.max(1, ...series.flatMap((one) => one.data.map((point) => point.value)));
  const x = (at) => ROOM + (at * (WIDE - 2 * ROOM)) / Math.max(1, categories.length - 1);
  const y = (value) => HIGH - ROOM - (value * (HIGH - 2 * ROOM)) / most;
  const drawn = svg("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, role: "img", "aria-label": label });
  for (const value of [0, most]) {
    drawn.append(svg("line", { x1: ROOM, x2: WIDE - ROOM, y1: y(value), y2: y(value), class: "axis" }), text(ROOM - 6, y(value) + 4, value, "end"));
  }
  drawn.append(text(ROOM, HIGH - 6, categories[0], "start"), text(WIDE - ROOM, HIGH - 6, categories.at(-1), "end"));
  series.forEach((one, at) => drawn.append(svg("polyline", {
    class: `line-${at % 6}`, points: one.data.map((point, place) => `${x(place)},${y(point.value)}`).join(" "),
  })));
  return drawn;
}

function text(x, y, said, anchor) {
  const made = svg("text", { x, y, "text-anchor": anchor });
  made.textContent = said;
  return made;
}

function svg(name, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
