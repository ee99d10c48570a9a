"use strict";

const BLINK = 700; // milliseconds
const MODES = ["side", "slider", "blink"];
const root = document.documentElement;
const findings = [...document.querySelectorAll(".finding")];
const differences = findings.filter((finding) => finding.querySelector(".decide")); // the others change no baseline
const about = JSON.parse(document.getElementById("decisions").textContent);
const memory = `review ${JSON.stringify(about.recordings)}`;
let timer = 0;

// What is folded is made when it is unfolded. Journeys are kept as text, which is faster to load than a template.

document.addEventListener("toggle", (event) => event.target.open && make(event.target), true);
addEventListener("hashchange", () => visit(location.hash));

function make(details) {
  const kept = details.querySelector(":scope > template, :scope > .folded");
  if (!kept) return;
  kept.replaceWith(kept.content ?? document.createRange().createContextualFragment(kept.textContent));
  showPictures(details);
  for (const image of details.querySelectorAll("img[data-thumbnail]"))
    image.src = document.querySelector(`.strip [href="#${CSS.escape(image.dataset.thumbnail)}"] img`).src;
  showMode();
  showKinds(details);
}

function showPictures(part) {
  for (const image of part.querySelectorAll("img[data-picture]"))
    image.src = document.getElementById(`picture-${image.dataset.picture}`).textContent;
}

function visit(hash) {
  const name = decodeURIComponent(hash.slice(1));
  const journey = document.getElementById(name.split("--")[0]);
  if (journey?.matches(".journey")) unfold(journey);
  const place = document.getElementById(name);
  if (!place) return;
  unfold(place);
  place.scrollIntoView();
  (place.querySelector(":scope > summary") ?? place).focus({ preventScroll: true });
}

function unfold(place) {
  if (!(place instanceof HTMLDetailsElement)) return;
  make(place);
  place.open = true;
}

// Filters

const kinds = [...document.querySelectorAll("[data-shows]")];
const verdicts = document.getElementById("verdicts");

for (const button of kinds) {
  button.addEventListener("click", () => {
    button.setAttribute("aria-pressed", button.getAttribute("aria-pressed") !== "true");
    showKinds(document);
    filter();
  });
}
verdicts?.addEventListener("change", filter);

function isHidden(kind) {
  return kinds.some((button) => button.dataset.shows === kind && button.getAttribute("aria-pressed") === "false");
}

function showKinds(part) {
  for (const item of part.querySelectorAll(".changes [data-kind]")) item.hidden = isHidden(item.dataset.kind);
  for (const mark of part.querySelectorAll(".marks rect"))
    mark.style.display = isHidden(mark.dataset.kind) ? "none" : "";
}

function filter() {
  for (const finding of findings) {
    const fits = !verdicts?.value || verdicts.value === (finding.dataset.verdict ?? (differences.includes(finding) && "undecided"));
    finding.hidden = isHidden(finding.dataset.kind) || !fits;
  }
  document.getElementById("none-shown").hidden = findings.some((finding) => !finding.hidden);
}

// Decisions

for (const finding of differences) {
  for (const button of finding.querySelectorAll("[data-verdict]"))
    button.addEventListener("click", () =>
      decide(finding, finding.dataset.verdict === button.dataset.verdict ? undefined : button.dataset.verdict),
    );
}
document.getElementById("save")?.addEventListener("click", save);

function decide(finding, verdict) {
  if (!differences.includes(finding)) return;
  if (verdict) finding.dataset.verdict = verdict;
  else delete finding.dataset.verdict;
  for (const button of finding.querySelectorAll("button[data-verdict]"))
    button.setAttribute("aria-pressed", button.dataset.verdict === verdict);
  const decided = decisions();
  document.getElementById("progress").textContent = `${decided.length} of ${differences.length} decided`;
  try {
    localStorage.setItem(memory, JSON.stringify(decided));
  } catch {
    // Where the browser remembers nothing, the file that is saved does.
  }
}

function decisions() {
  return findings
    .filter((finding) => finding.dataset.verdict)
    .map(({ dataset: { kind, what, verdict } }) => ({ kind, what, verdict }));
}

function recall() {
  try {
    for (const { kind, what, verdict } of JSON.parse(localStorage.getItem(memory) ?? "[]")) {
      const finding = findings.find(({ dataset }) => dataset.kind === kind && dataset.what === what);
      if (finding) decide(finding, verdict);
    }
  } catch {
    // As above.
  }
}

function save() {
  const text = `${JSON.stringify({ ...about, decisions: decisions() }, null, 2)}\n`;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = "decisions.json";
  link.click();
  URL.revokeObjectURL(link.href);
}

// Pictures

document.addEventListener("click", ({ target }) => target.dataset?.modeOf && setMode(target.dataset.modeOf));
document.addEventListener("change", ({ target }) => target.matches(".draw") && draw(target.checked));
document.addEventListener("input", ({ target }) => {
  if (target.matches(".slide input"))
    target.closest("figure").querySelector(".pictures").style.setProperty("--shown", `${target.value}%`);
});

function setMode(mode) {
  root.dataset.mode = mode;
  clearInterval(timer);
  delete root.dataset.blink;
  if (mode === "blink") {
    root.dataset.blink = "before";
    timer = setInterval(() => (root.dataset.blink = root.dataset.blink === "before" ? "after" : "before"), BLINK);
  }
  showMode();
}

function draw(shown) {
  root.dataset.marks = shown ? "on" : "off";
  showMode();
}

function showMode() {
  for (const button of document.querySelectorAll("[data-mode-of]"))
    button.setAttribute("aria-pressed", button.dataset.modeOf === root.dataset.mode);
  for (const box of document.querySelectorAll(".draw")) box.checked = root.dataset.marks === "on";
}

// Keyboard

const help = document.getElementById("help");
document.getElementById("help-button").addEventListener("click", () => help.showModal());

const keys = {
  j: () => go(shownFindings(), 1),
  k: () => go(shownFindings(), -1),
  a: () => decide(current(), "accepted"),
  r: () => decide(current(), "rejected"),
  u: () => decide(current(), undefined),
  o: () => {
    const link = current()?.querySelector("ul a");
    if (link) location.hash === link.hash ? visit(link.hash) : link.click();
  },
  n: () => go([...document.querySelectorAll(".step.differs > summary")], 1),
  p: () => go([...document.querySelectorAll(".step.differs > summary")], -1),
  m: () => setMode(MODES[(MODES.indexOf(root.dataset.mode) + 1) % MODES.length]),
  b: () => setMode(root.dataset.mode === "blink" ? "side" : "blink"),
  x: () => draw(root.dataset.marks !== "on"),
  s: () => differences.length && save(),
  "?": () => help.showModal(),
};

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("select, input:not([type=range], [type=checkbox])");
  if (event.ctrlKey || event.metaKey || event.altKey || typing || help.open) return;
  if (document.getElementById("shortcuts").checked && Object.hasOwn(keys, event.key)) {
    event.preventDefault();
    keys[event.key]();
  }
});

function shownFindings() {
  return findings.filter((finding) => !finding.hidden);
}

function current() {
  return document.activeElement.closest(".finding");
}

function go(places, way) {
  const active = current() ?? document.activeElement.closest(".step")?.querySelector("summary");
  const place = places.indexOf(active);
  const next = places[place < 0 && way < 0 ? places.length - 1 : Math.min(Math.max(place + way, 0), places.length - 1)];
  if (next?.matches("summary")) unfold(next.parentElement);
  next?.focus();
}

for (const finding of findings) showPictures(finding);
recall();
visit(location.hash);
if (document.querySelectorAll(".journey").length === 1) unfold(document.querySelector(".journey"));
