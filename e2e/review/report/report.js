"use strict";

const findings = [...document.querySelectorAll(".finding")];
const BLINK = 700; // milliseconds

for (const button of document.querySelectorAll("[data-shows]")) {
  button.addEventListener("click", () => {
    const shown = toggle(button);
    for (const part of document.querySelectorAll(`[data-kind="${button.dataset.shows}"]`)) part.hidden = !shown;
  });
}

for (const figure of document.querySelectorAll(".both")) {
  const pictures = figure.querySelector(".pictures");
  const range = figure.querySelector("input");
  const blink = figure.querySelector(".blink");
  let timer = 0;
  const show = (share) => pictures.style.setProperty("--shown", `${share}%`);
  range.addEventListener("input", () => show(range.value));
  blink.addEventListener("click", () => {
    clearInterval(timer);
    let now = false;
    if (toggle(blink)) timer = setInterval(() => show((now = !now) ? 100 : 0), BLINK);
    else show(range.value);
  });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "j") go(1);
  if (event.key === "k") go(-1);
  if (event.key === "b") for (const blink of document.querySelectorAll(".blink")) blink.click();
});

addEventListener("hashchange", unfold);
unfold();

function toggle(button) {
  const pressed = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", pressed);
  return pressed;
}

function go(way) {
  const shown = findings.filter((finding) => !finding.hidden);
  const place = shown.indexOf(document.activeElement);
  shown[place < 0 && way < 0 ? shown.length - 1 : Math.min(Math.max(place + way, 0), shown.length - 1)]?.focus();
}

function unfold() {
  const step = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (step instanceof HTMLDetailsElement) step.open = true;
}
