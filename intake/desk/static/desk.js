// Lights the box of the field in hand and moves between doubtful fields with J and K (Alt+J and Alt+K while writing). Everything works without it.
"use strict";

function light(form) {
  document.querySelectorAll("rect.lit").forEach((box) => box.classList.remove("lit"));
  const box = document.getElementById(form.dataset.box);
  if (!box) return;
  box.classList.add("lit");
  const pages = document.querySelector(".pages");
  const gap = box.getBoundingClientRect().top - pages.getBoundingClientRect().top;
  pages.scrollTop += gap - pages.clientHeight / 3;
}

function move(step) {
  const doubtful = [...document.querySelectorAll("form.field.doubtful")];
  if (!doubtful.length) return;
  const now = doubtful.findIndex((form) => form.contains(document.activeElement));
  const next = doubtful[(now + step + doubtful.length) % doubtful.length];
  next.closest("details").open = true;
  next.querySelector("input:not([type=hidden]), select").focus();
}

document.addEventListener("focusin", (event) => {
  const form = event.target.closest("form.field");
  if (form) light(form);
});

document.addEventListener("keydown", (event) => {
  const writing = event.target.closest("input:not([type=checkbox]), textarea, select");
  if (event.ctrlKey || event.metaKey || (writing && !event.altKey)) return;
  const next = event.code === "KeyN" && document.querySelector("[data-next]");
  if (next) {
    event.preventDefault();
    next.focus();
  }
  const step = { KeyJ: 1, KeyK: -1 }[event.code];
  if (!step) return;
  event.preventDefault();
  move(step);
});

if (location.hash.startsWith("#document-")) {
  const opened = document.querySelector(location.hash);
  if (opened) opened.open = true;
}
