// The little that HTML cannot do by itself: modal dialogs that are open when the page comes, single submits, forms that
// send themselves, pages that show themselves anew, buttons that send the form without leaving the page, values to
// copy, pages to print, what the keyboard comes to, and what a chart says beside the pointer.
"use strict";

for (const dialog of document.querySelectorAll("dialog[open]")) {
  dialog.removeAttribute("open"); // close() would count as leaving
  dialog.showModal();
}

for (const dialog of document.querySelectorAll("dialog[data-leave]")) {
  dialog.addEventListener("close", () => location.assign(dialog.dataset.leave));
}

// Escape does what the button does that closes the dialog.
for (const dialog of document.querySelectorAll("dialog[data-cancel]")) {
  dialog.addEventListener("close", () => document.getElementById(dialog.dataset.cancel).click());
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.target === "_blank") return; // this page stays
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  for (const button of form.querySelectorAll("button:not([name])")) button.setAttribute("aria-disabled", "true");
});

addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("button")) button.removeAttribute("aria-disabled");
  }
});

document.querySelector("form[data-send-at-once]")?.requestSubmit();

const refresh = document.querySelector("[data-refresh-seconds]");
if (refresh) setTimeout(() => location.reload(), 1000 * Number(refresh.dataset.refreshSeconds));

// Browsers offer navigator.clipboard only with HTTPS and for names that always are this machine.
async function copy(text, button) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea");
  area.value = text;
  button.after(area); // what is outside of an open dialog cannot be selected
  area.select();
  document.execCommand("copy");
  area.remove();
  button.focus();
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-copy]");
  if (!button) return;
  await copy(button.dataset.copy, button);
  button.setAttribute("data-copied", "");
});

for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

for (const button of document.querySelectorAll("button[data-fetch-to]")) {
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    const answer = document.getElementById(button.dataset.fetchTo);
    button.setAttribute("aria-disabled", "true");
    try {
      const sent = { method: "POST", body: new FormData(button.form), headers: { Accept: "application/json" } };
      const { good, text } = await (await fetch(button.formAction, sent)).json();
      answer.className = good ? "answer good" : "answer bad";
      answer.textContent = text;
    } catch {
      button.form.requestSubmit(button);
    } finally {
      button.removeAttribute("aria-disabled");
    }
  });
}

// What the keyboard comes to in a menu or dialog that scrolls is wholly seen: browsers may leave a part of it outside.
document.addEventListener("focusin", ({ target }) => {
  if (target.matches(":is(dialog, .side, .tabs) :focus-visible")) {
    target.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
});

// What a column of a chart says, beside the pointer, value by value. Without this script the browser shows it as a title.
if (document.querySelector(".chart")) {
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.setAttribute("aria-hidden", "true");
  document.addEventListener("pointermove", (event) => {
    const column = event.target.closest?.(".chart rect");
    if (!column) return tip.remove();
    const title = column.querySelector("title");
    if (title) {
      column.dataset.says = title.textContent;
      title.remove();
    }
    tip.textContent = column.dataset.says;
    column.closest("svg").after(tip); // what is outside of an open dialog is behind it
    tip.style.left = `${Math.min(event.clientX + 12, innerWidth - tip.offsetWidth - 4)}px`;
    tip.style.top = `${event.clientY + 16}px`;
  });
}

// What an order costs: the price of what is chosen, or of the only thing there is, times the typed number.
for (const output of document.querySelectorAll("output[data-total]")) {
  const form = output.form;
  const number = form.elements[output.dataset.total];
  const compute = () => {
    const chosen = form.querySelector("[data-price]:checked");
    if (chosen) number.max = chosen.dataset.most;
    const total = (chosen ?? output).dataset.price * number.value;
    const shown = `¥${total.toLocaleString("en", { minimumFractionDigits: 2 })}`;
    output.textContent = total > 0 && number.checkValidity() ? shown : "-";
  };
  form.addEventListener("input", compute);
  addEventListener("pageshow", compute);
}
