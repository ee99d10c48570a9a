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
    list.insertAdjacentHTML("afterbegin", JSON.parse(message.data));
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
