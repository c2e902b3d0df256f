// Slack's markup as elements; what people typed never becomes HTML.
import { h } from "./dom.js";

const SIGNS = {
  hourglass: "⏳", information_source: "ℹ️", warning: "⚠️", speech_balloon: "💬", palm_tree: "🌴", white_check_mark: "✅",
  calendar: "📅", bar_chart: "📊", bulb: "💡", lock: "🔒", wave: "👋", seedling: "🌱", mag: "🔍", paperclip: "📎",
};
const INLINE = /<([^<>\n]+)>|`([^`\n]+)`|(?<![\p{L}\p{N}])\*(?!\s)([^*\n]+?)(?<!\s)\*(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])_(?!\s)([^_\n]+?)(?<!\s)_(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])~(?!\s)([^~\n]+?)(?<!\s)~(?![\p{L}\p{N}])|:([a-z_+0-9-]+):/gu;

export const labels = { copy: "" };

const bare = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

export function markup(text, names) {
  const lines = text.split("\n");
  const parts = [];
  for (let at = 0; at < lines.length; at += 1) {
    const quoted = /^(&gt;|>) ?/;
    if (quoted.test(lines[at])) {
      const held = [];
      while (at < lines.length && quoted.test(lines[at])) held.push(lines[at++].replace(quoted, ""));
      at -= 1;
      parts.push(h("blockquote", {}, broken(held, names)));
    } else if (/^```.+```$/.test(lines[at])) {
      parts.push(block(bare(lines[at].slice(3, -3))));
    } else {
      if (parts.length && !["BLOCKQUOTE", "PRE"].includes(parts.at(-1).nodeName)) parts.push(h("br"));
      parts.push(h("span", {}, inline(lines[at], names)));
    }
  }
  return parts;
}

// Code on a line of its own can be copied, where the browser lets a page do so.
function block(text) {
  const copy = (event) => { navigator.clipboard.writeText(text); event.currentTarget.textContent = `${labels.copy} ✓`; };
  return h("pre", {}, h("code", {}, text), navigator.clipboard ? h("button", { type: "button", class: "press", onclick: copy }, labels.copy) : "");
}

export const plain = (text) => broken(text.split("\n"), null);

function broken(lines, names) {
  return lines.flatMap((line, at) => [...(at ? [h("br")] : []), ...(names ? inline(line, names) : [bare(line)])]);
}

function inline(text, names) {
  const parts = [];
  let last = 0;
  for (const found of text.matchAll(INLINE)) {
    parts.push(bare(text.slice(last, found.index)));
    last = found.index + found[0].length;
    const [whole, link, code, bold, slanted, struck, sign] = found;
    if (link) parts.push(linked(link, names));
    else if (code) parts.push(h("code", {}, bare(code)));
    else if (bold) parts.push(h("strong", {}, inline(bold, names)));
    else if (slanted) parts.push(h("em", {}, inline(slanted, names)));
    else if (struck) parts.push(h("s", {}, inline(struck, names)));
    else parts.push(SIGNS[sign] ?? whole);
  }
  parts.push(bare(text.slice(last)));
  return parts.filter((part) => part !== "");
}

function linked(inside, names) {
  const [target, label] = inside.split("|");
  if (target.startsWith("@")) return h("span", { class: "mention" }, `@${names[target.slice(1)] ?? label ?? target.slice(1)}`);
  if (target.startsWith("#")) return h("span", { class: "mention" }, `#${names[target.slice(1)] ?? label ?? target.slice(1)}`);
  if (target.startsWith("!")) return label ?? target;
  if (!/^(https?:|mailto:)/.test(target)) return bare(inside);
  return h("a", { href: bare(target), target: "_blank", rel: "noopener noreferrer" }, bare(label ?? target));
}
