// Comfort only: every page works without this file. No framework, no request, nothing kept.
"use strict";

(() => {
  const root = document.documentElement;
  root.classList.add("scripted");
  const each = (selector, act) => document.querySelectorAll(selector).forEach(act);
  const idsOf = (link) => (link.dataset.facts || "").split(" ").filter(Boolean);

  // The words of a fact and its chip light up together.
  const light = (ids, on) => {
    for (const id of ids) {
      const chip = document.getElementById(id);
      if (chip) chip.classList.toggle("chip-lit", on);
    }
    each("a.said", (link) => {
      if (idsOf(link).some((id) => ids.includes(id))) link.classList.toggle("said-lit", on);
    });
  };
  const near = (event) => {
    const inside = event.target instanceof Element && event.target.closest("a.said, .chip-item");
    return inside ? (inside.matches("a.said") ? idsOf(inside) : [inside.id]) : [];
  };
  for (const event of ["mouseover", "focusin"]) document.addEventListener(event, (it) => light(near(it), true));
  for (const event of ["mouseout", "focusout"]) document.addEventListener(event, (it) => light(near(it), false));

  // A link to a chip or a fold opens it.
  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (!target) return;
    const inside = target.matches("details") ? target : target.querySelector(":scope > details.chip");
    if (inside) inside.open = true;
    for (let up = target.parentElement; up; up = up.parentElement) if (up.matches("details")) up.open = true;
  };
  addEventListener("hashchange", reveal);
  reveal();

  // What was swapped in place is said to those who do not see it: the title, and for whom and by whom it is read.
  document.addEventListener("htmx:after:swap", () => {
    const said = document.getElementById("said");
    const parts = [...document.querySelectorAll("h1, main nav [aria-current=true]")];
    if (said) said.textContent = parts.map((part) => part.textContent.trim()).join(". ");
  });

  // Escape closes the innermost open proof or chip and returns to its button.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !(document.activeElement instanceof Element)) return;
    const open = document.activeElement.closest("details.proof[open], details.chip[open], details.answer-this[open]");
    if (!open) return;
    open.open = false;
    const button = open.querySelector("summary");
    if (button) button.focus();
  });

  document.addEventListener("click", async (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-do]") : null;
    if (!button) return;
    if (button.dataset.do === "print") window.print();
    if (button.dataset.do === "unfold") {
      const folds = [...document.querySelectorAll("details.fold, details.more")];
      const closed = folds.some((fold) => !fold.open);
      for (const fold of folds) fold.open = closed;
      button.setAttribute("aria-pressed", String(closed));
    }
    if (button.dataset.do === "copy-link") {
      const said = button.querySelector("[data-said]");
      const link = location.href.split("#")[0];
      const copied = navigator.clipboard && (await navigator.clipboard.writeText(link).then(() => true, () => false));
      if (said) said.textContent = copied ? button.dataset.done || "Copied" : link;
    }
  });
})();
