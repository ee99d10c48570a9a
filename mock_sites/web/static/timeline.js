// The timeline's list, to which a stream adds what is new while the page is seen.
"use strict";

const list = document.querySelector("[data-stream]");
const state = document.querySelector(".live-state");
const address = new URL(list.dataset.stream, location.href);
let after = list.dataset.after;
let stream;
let answered;

function say(text) {
  if (state.textContent !== text) state.textContent = text;
}

// What is beside the list and depends on what became of a demo. Somebody who is using it is not disturbed.
async function renew() {
  const part = document.querySelector("[data-renewed]");
  if (!part) return;
  const page = new DOMParser().parseFromString(await (await fetch(part.dataset.renewed)).text(), "text/html");
  const found = page.querySelector("[data-renewed]");
  if (found && !part.contains(document.activeElement)) part.replaceWith(found);
}

function follow() {
  address.searchParams.set("after", after);
  stream = new EventSource(address);
  answered = true;
  say(state.dataset.on);
  stream.addEventListener("open", () => {
    answered = true;
    say(state.dataset.on);
  });
  // An answer that ends is an error too: only one that never began says that the server does not answer.
  stream.addEventListener("error", () => {
    if (stream.readyState === EventSource.CLOSED || !answered) say(state.dataset.off);
    answered = false;
  });
  stream.addEventListener("renewed", () => location.reload());
  stream.addEventListener("entries", (message) => {
    after = message.lastEventId;
    const rows = JSON.parse(message.data);
    list.insertAdjacentHTML("afterbegin", rows);
    if (rows.includes("data-state")) renew();
    while (list.children.length > Number(list.dataset.most)) list.lastElementChild.remove();
  });
}

// A browser opens few connections to a host, and a page that is not seen needs none.
document.addEventListener("visibilitychange", () => {
  stream.close();
  if (!document.hidden) follow();
});
addEventListener("pagehide", () => stream.close());
follow();
