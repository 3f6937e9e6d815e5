// Shortcuts of the board: comfort only, every page works without this file. They can be switched off (WCAG 2.1.4).
"use strict";

(() => {
  const KEPT = "bedside-board-keys";
  const kept = (value) => {
    try {
      if (value !== undefined) localStorage.setItem(KEPT, value);
      return localStorage.getItem(KEPT);
    } catch {
      return null; // a browser that keeps nothing has them on
    }
  };
  let on = kept() !== "off";

  const typing = (target) =>
    target instanceof Element && Boolean(target.closest("input, textarea, select, [contenteditable], dialog"));

  // Items of a list: the next link after the one that has the focus. On the workbench: the neighbours in the queue.
  const step = (by) => {
    const rows = [...document.querySelectorAll("a[data-row]")];
    if (rows.length) {
      const at = rows.indexOf(document.activeElement);
      const next = rows[at === -1 ? (by > 0 ? 0 : rows.length - 1) : at + by];
      if (next) next.focus();
      return;
    }
    const link = document.querySelector(`.around a[rel=${by > 0 ? "next" : "prev"}]`);
    if (link) link.click();
  };
  const field = (key) => {
    const found = document.querySelector(`[data-key=${key}]`);
    if (!found) return;
    found.scrollIntoView({ block: "center" });
    found.focus();
  };
  const show = () => {
    const list = document.getElementById("keys");
    if (!list) return;
    list.open = !list.open;
    if (list.open) list.querySelector("summary").focus();
    list.scrollIntoView({ block: "nearest" });
  };
  const keys = {
    j: () => step(1),
    k: () => step(-1),
    c: () => {
      const button = document.querySelector("button[data-key=c]");
      if (button) button.click();
    },
    a: () => field("a"),
    r: () => field("r"),
    p: () => field("p"),
    "?": show,
  };

  document.addEventListener("keydown", (event) => {
    if (!on || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return;
    if (typing(event.target)) return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  // Escape leaves a field, so that the shortcuts are there again.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && typing(event.target)) event.target.blur();
  });

  const button = document.querySelector("[data-do=keys]");
  const say = () => {
    if (!button) return;
    button.setAttribute("aria-pressed", String(on));
    button.textContent = on ? "Shortcuts are on" : "Shortcuts are off";
  };
  say();
  if (button) {
    button.addEventListener("click", () => {
      on = !on;
      kept(on ? "on" : "off");
      say();
    });
  }

  // What was refused is read first.
  const refused = document.getElementById("refused");
  if (refused) refused.focus();
})();
