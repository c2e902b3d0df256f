// The page of the practice Slack: one person's view of it, told over a socket, part by part.
import { byId, h, menu, redraw, settle } from "./dom.js";
import { blocks } from "./blocks.js";
import { labels, markup } from "./markup.js";
import * as modal from "./modal.js";

const ZONE = "Europe/Helsinki";
const ZONES = [ZONE, "Europe/Stockholm", "Europe/London", "America/New_York"];
const seen = JSON.parse(sessionStorage.getItem("seen") ?? "{}"); // by person and place: the newest that was looked at
const closedThreads = new Set();
const asked = new Map();
const kept = new Map(); // by place and message: what it was drawn from, and its element
let parts = {};
let who = sessionStorage.getItem("who") ?? "U0JASEN01";
let place = sessionStorage.getItem("place") ?? "";
let socket = null;
let serial = 0;
let moment = { shown: 0, at: 0 };
let guide = null; // in the language of who leads through the week: a step that makes them somebody else leaves it
let follows = true; // whether it takes the language of the page when that is next drawn
let shows = ""; // the action that the step asks for, as long as its place is open
let from = 0; // messages that were there before the step are not meant
let isThere = false; // whether all has come that the step waits for
let hasActed = false; // whether the person has pressed anything since: what is gone then was done
let isLacking = false; // whether the guide says that it is not
let sent = {}; // where the person wrote last, what was the newest there then, and the newest that was shown since
let step = Number(sessionStorage.getItem("step") ?? 0); // the one that is being done
let isTaken = sessionStorage.getItem("step") !== null; // in the guide's language

export const page = {
  words: {}, language: "fi", people: [], places: [], names: {},
  ask: (what, more = {}) => new Promise((answered) => {
    if (socket?.readyState !== WebSocket.OPEN) { answered({ trouble: page.words.lost }); return; }
    serial += 1;
    asked.set(serial, answered);
    socket.send(JSON.stringify({ id: serial, do: what, ...more }));
  }).then((answer) => { say(answer.trouble ?? ""); return answer; }),
  awaits,
  showsAnswer: () => { if (sent.place === place && newestIn(place) > sent.ts) showNewest(); },
  again: () => { kept.clear(); drawPlace(); },
  confirms: (words) => dialog(words.title.text, [h("p", {}, words.text.text)], words.confirm.text, words.deny.text, words.style === "danger"),
};

const say = (words) => { byId("trouble").textContent = words; };
const news = (words) => { byId("news").textContent = words; };
const inZone = (options) => new Intl.DateTimeFormat({ fi: "fi-FI", sv: "sv-FI", en: "en-GB" }[page.language], { timeZone: ZONE, ...options });
const clockOf = (at) => inZone({ hour: "numeric", minute: "2-digit" }).format(at);
const weekdayOf = (at) => new Date(new Intl.DateTimeFormat("sv-SE", { timeZone: ZONE }).format(at)).getUTCDay();
const dayOf = (at) => `${parts.about.weekdays[weekdayOf(at)]} ${inZone({ day: "numeric", month: page.language === "en" ? "short" : "numeric", year: "numeric" }).format(at)}`;
const ofTs = (ts) => new Date(Number(ts) * 1000);

function connect() {
  const mine = new WebSocket(`${location.protocol.replace("http", "ws")}//${location.host}/person/${who}`);
  socket = mine;
  mine.onmessage = (event) => { if (socket === mine) hear(JSON.parse(event.data)); };
  mine.onclose = () => {
    if (socket !== mine) return;
    say((parts.practice?.over ? page.words.beginning : page.words.lost) ?? "…");
    forget();
    setTimeout(connect, 1000);
  };
}

// Nobody answers any more what was asked over the socket before.
function forget() {
  for (const answered of asked.values()) answered({});
  asked.clear();
}

function hear(told) {
  if (told.answer !== undefined) {
    asked.get(told.answer)?.(told);
    asked.delete(told.answer);
    return;
  }
  const first = !parts.about;
  const before = parts;
  parts = { ...parts, ...told.parts };
  if (first) say("");
  learn();
  if (isAnew()) return;
  if (first || told.parts.about || told.parts.people) { kept.clear(); drawFrame(); drawGuide(); }
  announce(before);
  if (told.parts.time) setClock();
  drawPlaces();
  if (first || told.parts.about || told.parts.people || told.parts[`messages ${place}`] || told.parts.home) drawPlace();
  if (told.parts.modal || told.parts.about) modal.show(parts.modal, page);
  if (told.parts.refused) drawRefused();
  if (!isTaken) take(step, false); // it may make them somebody else
}

// Where everything has begun anew, what this browser knows is forgotten, but who it is.
function isAnew() {
  const { beginning, over, touches } = parts.practice;
  const known = sessionStorage.getItem("beginning") ?? beginning;
  if (known !== beginning) {
    sessionStorage.clear();
    sessionStorage.setItem("who", who);
    location.reload();
  }
  sessionStorage.setItem("beginning", beginning);
  if (over) say(page.words.beginning);
  byId("over").hidden = touches === null;
  return known !== beginning;
}

async function startOver() {
  const { words } = page;
  const { touches } = parts.practice;
  const told = [h("p", {}, words.all_goes), touches ? h("p", {}, h("strong", {}, touches)) : ""];
  if (await dialog(words.sure, told, words.over, words.cancel, true)) page.ask("over");
}

function learn() {
  page.words = parts.about.words;
  labels.copy = page.words.copy;
  page.language = parts.about.language;
  page.people = parts.people;
  page.places = parts.places;
  page.names = Object.fromEntries([...parts.people, ...parts.places].map((one) => [one.id, one.name]));
  if (place !== "home" && !parts.places.some((one) => one.id === place)) place = parts.places.find((one) => !one.dm)?.id ?? "home";
}

function be(person, where = "") {
  if (person !== who) {
    who = person;
    if (place.startsWith("D")) place = dm();
    sessionStorage.setItem("who", who);
    parts = {};
    modal.show([], page);
    forget();
    const old = socket;
    connect();
    old.close();
  }
  if (where) open(where);
}

const dm = () => `D${who.slice(1)}`;

function open(where) {
  sent = {};
  shows = "";
  document.querySelector(".here")?.classList.remove("here");
  place = where === "dm" ? dm() : where === "channel" ? "" : where;
  if (parts.about) {
    learn();
    drawPlaces();
    drawPlace(true);
  }
  sessionStorage.setItem("place", place);
  if (place === "home") page.ask("home");
}

// The frame: who one is, what time it is, the places.

function drawFrame() {
  const { words } = page;
  document.documentElement.lang = page.language;
  document.title = words.title;
  for (const [id, key] of [["title", "title"], ["notice", "notice"], ["who-label", "you_are"], ["me", "about_me"], ["move", "move"], ["places-title", "places"], ["text-label", "write"], ["send", "send"], ["skip", "messages"]]) {
    byId(id).textContent = words[key];
  }
  redraw(byId("who"), page.people.filter((one) => !one.bot).map((one) => h("option", { value: one.id, selected: one.id === who }, one.coordinates ? `${one.name}, ${words.coordinator}` : one.name)));
  const shortcuts = parts.about.shortcuts.filter((one) => one.type === "global");
  redraw(byId("shortcuts"), menu(words.shortcuts, `⚡ ${words.shortcuts}`, shortcuts.map((one) => [one.name, () => page.ask("shortcut", { name: one.callback_id })]), "shortcuts"));
}

function setClock() {
  moment = { shown: new Date(parts.time.now).getTime(), at: performance.now() };
  tick();
}

function tick() {
  if (!moment.shown) return;
  const now = new Date(moment.shown + performance.now() - moment.at);
  byId("clock").dateTime = now.toISOString();
  byId("clock").textContent = `${dayOf(now)} ${clockOf(now)}`;
}

function drawPlaces() {
  const listed = [
    ...parts.places.filter((one) => !one.dm).map((one) => [one.id, `# ${one.name}`, one.newest]),
    ["home", page.words.raportoi_home, ""],
    ...parts.places.filter((one) => one.dm).map((one) => [one.id, page.words.raportoi_messages, one.newest]),
  ];
  if (document.visibilityState === "visible") look(place);
  redraw(byId("places"), listed.map(([id, name, newest]) => {
    const isNew = Number(newest) > Number(seen[`${who} ${id}`] ?? 0);
    return h("li", {}, h("button", {
      type: "button", "data-key": id, "data-place": id.startsWith("D") ? "dm" : id, "aria-current": id === place ? "page" : null, class: isNew ? "has-new" : "", onclick: (event) => open(event.currentTarget.dataset.place),
    }, name, isNew ? h("span", { class: "badge" }, page.words.new) : ""));
  }));
}

function look(id) {
  const found = parts.places.find((one) => one.id === id);
  if (found) { seen[`${who} ${id}`] = found.newest; sessionStorage.setItem("seen", JSON.stringify(seen)); }
}

function announce(before) {
  if (!before.places) {
    for (const one of parts.places) { seen[`${who} ${one.id}`] ??= before.about ? "0" : one.dm ? "0" : one.newest; }
    return;
  }
  for (const one of parts.places) {
    const old = before.places.find((other) => other.id === one.id)?.newest ?? "";
    if (one.newest && one.newest !== old) {
      const newest = parts[`messages ${one.id}`]?.find((message) => message.ts === one.newest);
      if (newest) news(`${one.dm ? page.words.raportoi_messages : one.name}: ${(newest.text ?? "").slice(0, 200)}`);
    }
  }
}

// What stands in the open place.

function drawPlace(toEnd = false) {
  const shown = byId("shown");
  const isHome = place === "home";
  const found = parts.places.find((one) => one.id === place);
  byId("place-title").textContent = isHome ? page.words.raportoi_home : found.dm ? page.words.raportoi_messages : `# ${found.name}`;
  byId("composer").hidden = isHome;
  shown.className = isHome ? "home" : "talk";
  if (isHome) {
    const view = parts.home;
    redraw(shown, view ? blocks(view.drawn.blocks, inView(view), page) : h("p", { class: "nothing" }, page.words.opening));
    pointOut();
    return;
  }
  const atEnd = shown.scrollHeight - shown.scrollTop - shown.clientHeight < 80;
  const messages = parts[`messages ${place}`] ?? [];
  if (!messages.length) redraw(shown, h("p", { class: "nothing" }, page.words.nothing));
  else if (shown.firstChild?.dataset?.of === `${who} ${place}`) settle(shown.firstChild, talk(messages));
  else redraw(shown, h("ol", { class: "messages", "data-of": `${who} ${place}` }, talk(messages)));
  const isAnswer = sent.place === place && newestIn(place) > sent.shown;
  if (isAnswer) sent.shown = newestIn(place);
  const onPhone = getComputedStyle(shown).overflowY === "visible"; // the whole page moves, and begins with what it is
  if (toEnd || isAnswer || (atEnd && !(onPhone && window.scrollY === 0))) showNewest();
  pointOut();
}

// Where the step's press is, the last one of its kind; a page is moved there, a message is read from its beginning.
function pointOut() {
  const meant = (one) => place === "home" || Number(one.closest(".message").dataset.ts) > from;
  const found = shows && [...byId("shown").querySelectorAll(`[data-key*="|${shows}|"]`)].filter(meant).at(-1);
  const lacks = isThere && !hasActed && Boolean(shows) && !found && (place !== "home" || Boolean(parts.home));
  if (lacks !== isLacking) {
    isLacking = lacks;
    drawGuide();
  }
  if (!found) return;
  document.querySelector(".here")?.classList.remove("here");
  found.classList.add("here");
  if (place === "home") found.scrollIntoView({ block: "nearest" });
}

const newestIn = (where) => Math.max(0, ...(parts[`messages ${where}`] ?? []).map((one) => Number(one.ts)));

// What comes to this place from now on answers the person, and is brought into view until they go their own way.
function awaits() {
  sent = { place, ts: newestIn(place), shown: newestIn(place) };
}

// The newest message is seen from its beginning, also where it is longer than the page; so is all that answers what was sent.
function showNewest() {
  const shown = byId("shown");
  const all = [...shown.querySelectorAll(":scope > .messages > .message")];
  const newest = all.at(-1);
  if (!newest) return;
  const first = all.find((one) => sent.place === place && Number(one.dataset.ts) > sent.ts) ?? newest;
  const room = Math.min(shown.clientHeight, window.innerHeight);
  const isLong = newest.getBoundingClientRect().bottom - first.getBoundingClientRect().top > room;
  (isLong ? first : newest).scrollIntoView({ block: isLong ? "start" : "end" });
}

function talk(messages) {
  const isRoot = (one) => !one.thread_ts || one.thread_ts === one.ts || !messages.some((other) => other.ts === one.thread_ts);
  let day = "";
  return messages.filter(isRoot).flatMap((one) => {
    const its = dayOf(ofTs(one.ts));
    const head = its === day ? [] : [same(`day ${its}`, its, () => h("li", { class: "day" }, its))];
    day = its;
    const replies = messages.filter((other) => other.thread_ts === one.ts && other !== one);
    return [...head, same(one.ts, JSON.stringify([one, replies]), () => message(one, replies))];
  });
}

// The element that was drawn before where nothing in it has changed: a menu that is open in it stays open.
function same(name, from, drawn) {
  const key = `${who} ${place} ${name}`;
  if (kept.get(key)?.[0] !== from) kept.set(key, [from, drawn()]);
  return kept.get(key)[1];
}

function message(one, replies = []) {
  const person = page.people.find((other) => other.id === one.user);
  const by = person?.name ?? one.user;
  const named = person?.bot ? "Raportoi" : by;
  const items = one.note || !one.ts ? [] : parts.about.shortcuts.filter((each) => each.type === "message");
  return h("li", { class: `message${one.note ? " note" : ""}${person?.bot ? " of-bot" : ""}`, "data-ts": one.ts },
    h("span", { class: "face", "aria-hidden": "true" }, person?.bot ? "R" : named.split(" ").map((part) => part[0]).join("").slice(0, 2)),
    h("div", { class: "body" },
      h("p", { class: "by" }, h("strong", {}, named), h("time", {}, clockOf(ofTs(one.ts))),
        one.edited ? h("span", { class: "edited" }, page.words.edited) : "",
        items.length && !one.files.length ? menu(page.words.more, "⋯", items.map((each) => [each.name, () => page.ask("shortcut", { name: each.callback_id, place, ts: one.ts })]), `more ${one.ts}`) : ""),
      one.note ? h("p", { class: "only-you" }, page.words.only_you) : "",
      h("div", { class: "said-all" }, one.blocks?.length ? blocks(one.blocks, inMessage(one), page) : one.text ? h("p", {}, markup(one.text, page.names)) : ""),
      one.files.map(file),
      replies.length ? thread(one, replies) : ""));
}

function thread(one, replies) {
  return h("details", {
    class: "thread", open: !closedThreads.has(one.ts), ontoggle: (event) => closedThreads[event.target.open ? "delete" : "add"](one.ts),
  }, h("summary", { "data-key": `thread ${one.ts}` }, `${page.words.replies} (${replies.length})`), h("ol", { class: "messages" }, replies.map((each) => message(each))));
}

function file(one) {
  const at = `/files/${one.id}`;
  if (one.picture) return h("figure", { class: "file" }, h("a", { href: at, target: "_blank", rel: "noopener" }, h("img", { src: at, alt: one.alt })), h("figcaption", {}, one.title));
  const size = `${Math.max(1, Math.round(one.size / 1024))} kt`;
  return h("p", { class: "file" }, h("a", { href: at, ...(one.page ? { target: "_blank", rel: "noopener" } : { download: one.name }) },
    h("span", { class: "verb" }, one.page ? page.words.open : page.words.download), one.title === one.name ? " " : ` ${one.title} `, h("small", {}, `${one.name}, ${page.language === "fi" ? size : size.replace("kt", "kB")}`)));
}

function pressed(what) {
  hasActed = true;
  return page.ask("use", what);
}

function inMessage(one) {
  return {
    key: one.ts, values: null, value: () => undefined, typed: () => {},
    use: (block, element, value) => pressed({ ...(one.note ? { note: one.note } : { place, ts: one.ts }), block: block.block_id, action: element.action_id, value }),
  };
}

function inView(view) {
  return {
    key: "home", values: view.values, value: () => undefined, typed: () => {},
    use: (block, element, value) => pressed({ view: view.id, block: block.block_id, action: element.action_id, value }),
  };
}

// The composer, with hints for commands as one types.

function drawHints() {
  const text = byId("text").value;
  const [first] = text.split(" ");
  const fitting = text.startsWith("/") ? parts.about.commands.filter((one) => one.command.startsWith(first)) : [];
  const whole = text.includes(" ") && fitting.find((one) => one.command === first);
  redraw(byId("hints"), whole ? h("p", { class: "usage" }, h("code", {}, whole.command), ` ${whole.usage_hint}`) : fitting.map((one) => h("button", {
    type: "button", class: "suggestion", "data-key": one.command, onclick: () => { byId("text").value = `${one.command} `; drawHints(); byId("text").focus(); },
  }, h("code", {}, one.command), ` ${one.description} `, h("small", {}, one.usage_hint))));
}

function grow() {
  const text = byId("text");
  text.rows = 1;
  while (text.scrollHeight > text.clientHeight && text.rows < 6) text.rows += 1;
}

async function send(event) {
  event?.preventDefault();
  const text = byId("text").value.trim();
  if (!text || (lacksSlash(text) && !(await sendsAsMessage(text)))) return;
  byId("text").value = "";
  drawHints();
  grow();
  awaits();
  const answer = await page.ask("write", { text, place });
  if (answer.trouble) { byId("text").value ||= text; grow(); }
  showNewest();
}

const lacksSlash = (text) => !place.startsWith("D") && parts.about.commands.some((one) => one.command === `/${text.toLowerCase().match(/^\p{L}*/u)[0]}`);

// Asks before a command without its slash goes to everybody, as a real Slack does not; Enter alone adds the slash.
async function sendsAsMessage(text) {
  const { words } = page;
  const asked = dialog(words.slash, [h("p", {}, words.to_all)], words.add_slash, words.as_message);
  byId("asking").querySelector("[type=submit]").focus();
  const adds = await asked;
  if (adds) { byId("text").value = text.replace(/^\p{L}+/u, (word) => `/${word.toLowerCase()}`); drawHints(); byId("text").focus(); }
  return adds === false;
}

// Dialogs of the page's own: true or false by their buttons, null where they are left.

function dialog(title, inside, yes, no, danger = false) {
  const box = byId("asking");
  return new Promise((answered) => {
    const done = (what) => { box.close(); answered(what); };
    box.oncancel = (event) => { event.preventDefault(); done(null); };
    box.replaceChildren(h("form", { class: "form", onsubmit: (event) => { event.preventDefault(); done(true); } },
      h("div", { class: "modal-head" }, h("h2", { id: "asking-title" }, title)),
      h("div", { class: "modal-body" }, inside),
      h("div", { class: "modal-foot" },
        h("button", { type: "button", class: "press", onclick: () => done(false) }, no),
        yes ? h("button", { type: "submit", class: `press ${danger ? "danger" : "primary"}` }, yes) : "")));
    box.showModal();
  });
}

async function askForTime() {
  const { stops } = await page.ask("stops");
  if (!stops) return;
  const box = byId("asking");
  const rows = stops.filter((one) => parts.about.stops[one.name]).map((one) => {
    const at = new Date(one.at);
    return h("button", { type: "button", class: "stop", "data-stop": one.name, onclick: () => { box.close(); moveTo(one.at); } },
      h("strong", {}, parts.about.stops[one.name]), h("span", {}, `${dayOf(at)} ${clockOf(at)}`));
  });
  dialog(page.words.move, rows, "", page.words.cancel);
}

async function moveTo(at) {
  news(page.words.moving);
  document.body.classList.add("moving");
  await page.ask("move", { to: at });
  document.body.classList.remove("moving");
  news(page.words.moved);
}

async function moveToStop(name) {
  const { stops } = await page.ask("stops");
  const found = stops?.find((one) => one.name === name);
  if (found) await moveTo(found.at);
  return Boolean(found);
}

async function aboutMe() {
  const me = page.people.find((one) => one.id === who);
  const chosen = (id, label, options, stands) => {
    const made = h("select", { id }, options.map(([value, name]) => h("option", { value, selected: value === stands }, name)));
    return [made, h("div", { class: "block field" }, h("label", { for: id }, label), made)];
  };
  const [locale, language] = chosen("my-language", page.words.language, [["fi-FI", "Suomi"], ["sv-SE", "Svenska"], ["en-GB", "English"]], me.locale);
  const [tz, zone] = chosen("my-zone", page.words.zone, ZONES.map((one) => [one, one]), me.tz);
  const away = h("input", { type: "checkbox", checked: me.away });
  const member = h("input", { type: "checkbox", checked: me.member });
  const ticked = (box, label) => h("label", { class: "choice" }, box, h("span", {}, label));
  if (!(await dialog(me.name, [language, zone, ticked(away, page.words.away), ticked(member, page.words.member)], "OK", page.words.cancel))) return;
  const now = { locale: locale.value, tz: tz.value, away: away.checked, member: member.checked };
  follows ||= now.locale !== me.locale;
  for (const [name, value] of Object.entries(now)) { if (value !== me[name]) await page.ask("change", { [name]: value }); }
}

// The week in five minutes, a step at a time, and what developers want to see.

function drawGuide() {
  if (follows && parts.about) {
    const people = { ...parts.about.guide.people, [page.people.find((one) => one.id === who).coordinates ? "coordinator" : "member"]: who };
    guide = { language: page.language, words: page.words, ...parts.about.guide, people };
    follows = false;
  }
  const { words, steps, week, language } = guide;
  const { name, text, otherwise } = steps[step];
  byId("guide").lang = language;
  byId("guide-title").textContent = words.guide;
  byId("fold").setAttribute("aria-label", words.guide);
  redraw(byId("step"), h("h3", {}, step < week ? `${step + 1}/${week} ` : "", h("span", {}, name)), " ", h("p", {}, isLacking ? otherwise : text));
  redraw(byId("next"),
    step === week ? steps.map((one, at) => (at > week ? h("button", { type: "button", class: "press", "data-key": `step ${at}`, onclick: () => take(at) }, one.name) : ""))
      : h("button", { type: "button", class: "press", "data-key": "next", onclick: () => take(Math.min(step + 1, week)) }, h("span", {}, words.next), h("span", { class: "arrow", "aria-hidden": "true" }, "→")));
  byId("all-steps").textContent = words.all_steps;
  byId("over").textContent = words.over;
  redraw(byId("steps"), steps.slice(0, week).map((one, at) => h("li", {}, h("button", {
    type: "button", "data-key": `step ${at}`, "aria-current": at === step ? "step" : null, onclick: () => take(at),
  }, one.name))));
  const other = byId("other-language");
  other.lang = language === "sv" ? "fi" : "sv";
  other.textContent = words.other_language;
}

// On a phone the guide is one line, until it is asked to be all of it.
function fold(isFolded) {
  byId("guide").classList.toggle("folded", isFolded);
  byId("fold").setAttribute("aria-expanded", !isFolded);
}

// Puts the person there and what is to be typed into the box; where it is pressed, time goes where it has to be.
async function take(at, isPressed = true) {
  const one = guide.steps[at];
  isTaken = true;
  step = at;
  sessionStorage.setItem("step", at);
  isThere = hasActed = isLacking = false;
  drawGuide();
  if (at === guide.week) fold(false);
  if (one.who) be(guide.people[one.who]);
  while (!parts.about) await new Promise((later) => { setTimeout(later, 30); });
  if (one.place) open(one.place);
  shows = one.shows;
  from = one.move && isPressed ? newestIn(place) : 0;
  pointOut();
  if (one.move && isPressed) {
    sent = { place, ts: Infinity, shown: newestIn(place) }; // the last that comes on the way is seen
    if (!(await moveToStop(one.move))) from = 0; // what it waits for may have come before
    if (sent.place === place) showNewest(); // what said that time moves is gone from above it
  }
  if (step !== at) return; // another was taken meanwhile
  isThere = true;
  pointOut();
  byId("text").value = one.types;
  grow();
  drawHints();
  if (isPressed) byId(one.types ? "text" : "main").focus({ preventScroll: !one.types });
  else window.scrollTo(0, 0); // a phone's page begins with what it is
}

function drawRefused() {
  const box = byId("refused");
  box.hidden = parts.refused.length === 0;
  box.querySelector("summary").textContent = `${page.words.refused} (${parts.refused.length})`;
  redraw(box.querySelector("ul"), parts.refused.map((one) => h("li", {}, one)));
}

byId("who").addEventListener("change", (event) => { follows = true; be(event.target.value); });
byId("other-language").addEventListener("click", () => { follows = true; isTaken = false; be(guide.people.other); });
byId("fold").addEventListener("click", () => fold(!byId("guide").classList.contains("folded")));
byId("step").addEventListener("click", () => fold(false));
byId("over").addEventListener("click", startOver);
byId("me").addEventListener("click", aboutMe);
byId("move").addEventListener("click", askForTime);
byId("composer").addEventListener("submit", send);
byId("text").addEventListener("input", () => { drawHints(); grow(); });
byId("text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) send(event);
});
byId("modal").addEventListener("cancel", (event) => { event.preventDefault(); modal.close(page); });
for (const how of ["wheel", "pointerdown", "keydown"]) byId("shown").addEventListener(how, () => { sent = {}; }, { passive: true });
setInterval(tick, 1000);
connect();
