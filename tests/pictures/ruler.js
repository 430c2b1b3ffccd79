// What a designer would measure on a page with a ruler. Answers pairs: the kind of a fault, and where it is.
(() => {
  const root = document.documentElement;
  const width = root.clientWidth;
  const found = [];
  const say = (kind, element) => found.push([kind, element.outerHTML.replace(/ (id|name|value|data-go|form)="[^"]*"/g, "").slice(0, 110)]);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const box = (element) => element.getBoundingClientRect();
  const near = (one, other, by = 1.5) => Math.abs(one - other) <= by;

  // What is kept from the eye is 1 px large, or lies within something that is.
  const seen = (element) => {
    for (let one = element; one && one !== root; one = one.parentElement) {
      const { clipPath, display, visibility } = getComputedStyle(one);
      if (display === "none" || visibility === "hidden" || clipPath === "inset(50%)") return false;
    }
    return box(element).width > 0 && box(element).height > 0;
  };
  const written = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return range.getBoundingClientRect();
  };
  const rows = (boxes) => {
    const middles = boxes.map((one) => one.y + one.height / 2).sort((one, other) => one - other);
    return middles.filter((middle, place) => !place || middle - middles[place - 1] > 12).length;
  };

  if (root.scrollWidth > width) say("scrolls sideways", document.body);

  // Texts within their boxes.
  for (const element of all("label, legend, th, td, dt, dd, button, a, p, h1, h2, h3, .line-title, .brand span")) {
    if (!seen(element) || ![...element.childNodes].some((node) => node.nodeType === 3)) continue;
    const inner = written(element), outer = box(element);
    if (inner.right > outer.right + 1 || inner.left < outer.left - 1) say("text leaves its box", element);
  }

  // Boxes beside each other.
  const layer = document.querySelector("[role=dialog]") ?? document.body;
  const apart = all("button, a, label, input, select, textarea, h1, h2, h3, p, td, th, dt, dd, legend, .picture", layer)
    .filter((one) => seen(one) && !(one.tagName === "INPUT" && one.closest("label")));
  const boxes = apart.map(box);
  apart.forEach((one, place) => {
    for (let next = place + 1; next < apart.length; next += 1) {
      const other = apart[next];
      if (one.contains(other) || other.contains(one)) continue;
      const [a, b] = [boxes[place], boxes[next]];
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 2 && down > 2) say("lies on another", other);
    }
  });

  // An agent may click on anything, in a window as wide as a desk.
  for (const one of width > 1000 ? all("*", layer) : []) {
    if (one.closest("[inert], [hidden], option") || !box(one).width || !box(one).height) continue;
    one.scrollIntoView({ block: "center" });
    const { x, y, width: wide, height } = box(one);
    const met = document.elementFromPoint(x + wide / 2, y + height / 2);
    if (!one.contains(met) && !met?.closest("label")?.contains(one)) say("a click meets another", one);
  }
  scrollTo(0, 0);

  // The header.
  const top = document.querySelector(".top");
  const isBeside = top && box(top).width < width * 0.5;
  if (top && !isBeside) {
    const lines = rows(all(".brand, nav a, .button, p", top).filter((one) => seen(one) && !one.closest(".menu-items")).map(box));
    if (lines > 2) say("header of more than two rows", top);
    if (width < 640 && box(top).height > 150) say("header taller than 150 px", top);
    const brand = top.querySelector(".brand");
    for (const one of all(":scope > .actions, :scope > .menu > .menu-button", top)) {
      const [a, b] = [box(one), box(brand)];
      if (Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) < 4) say("control under the logo", one);
    }
  }
  const { address, section } = root.dataset;
  const entries = all("nav a").map((entry) => entry.getAttribute("href"));
  const leads = entries.some((entry) => entry === section || entry === address || address.startsWith(`${entry}/`));
  if (leads && !document.querySelector("nav a[data-here]")) say("no entry marked", top);

  // What a finger meets.
  for (const one of all("button, select, textarea, input, nav a, .actions a, label.place, label.option")) {
    if (!seen(one) || (one.tagName === "INPUT" && one.closest("label"))) continue;
    const { width: wide, height } = box(one);
    if (height < 24 || wide < 24) say("target below 24 px", one);
    else if (width < 640 && height < 32) say("target below 32 px on a phone", one);
  }

  // Edges, and what stays empty.
  const main = document.querySelector("main");
  const style = getComputedStyle(main);
  const left = box(main).left + parseFloat(style.paddingLeft);
  const right = box(main).right - parseFloat(style.paddingRight);
  const surfaces = ":scope > :is(form, .group, .details, .rows, .columns, .notice, .fold)";
  const edges = all(surfaces, main).filter(seen).map((one) => Math.round(box(one).right));
  if (edges.some((edge) => !near(edge, edges[0], 2))) say("right edges differ", main);
  if (width > 1000) {
    const drawn = [...main.children].filter(seen).map((one) => (one.matches("p, h1, h2, .actions") ? written(one) : box(one)).right);
    const texts = [...main.children].every((one) => one.matches("p, h1, h2, .actions"));
    if (!texts && right - Math.max(...drawn) > (right - left) / 3) say("a third of the page is empty", main);
  }

  // Forms.
  for (const field of all(".field.wrong")) {
    const label = field.querySelector("label, legend");
    const before = box(label).left;
    field.classList.remove("wrong");
    if (!near(before, box(label).left, 0.5)) say("label moves with an error", field);
    field.classList.add("wrong");
  }
  for (const needed of all(":required")) {
    const label = needed.labels[0];
    if (getComputedStyle(label, "::after").content === "none") say("required field is not marked", needed);
  }

  // Tables and lists.
  for (const cell of all("tbody td:not(:first-child, .controls)")) {
    const isStacked = getComputedStyle(cell.parentElement).display === "grid";
    if (isStacked && cell.textContent && getComputedStyle(cell, "::before").content === "none") say("stacked cell without heading", cell);
  }
  for (const cell of all("td.end, dd.end")) {
    if (seen(cell) && getComputedStyle(cell).fontWeight < 600) say("amount without weight", cell);
  }
  for (const table of all("table")) {
    const ends = {};
    for (const cell of all("td.end, th.end", table).filter((one) => seen(one) && one.textContent && !one.querySelector("button, a"))) {
      const edge = written(cell).right;
      ends[cell.cellIndex] ??= edge;
      if (!near(ends[cell.cellIndex], edge)) say("number not right in its column", cell);
    }
  }
  if (width > 1000) {
    const first = document.querySelector("main:not(:has(> .columns)) > form:not(:has(.grid, textarea)) ~ .rows :is(tbody tr, .card)");
    if (first && !document.querySelector(".notice[role=status]") && box(first).top + scrollY > 650) say("list begins low", first);
    for (const card of all(".card:has(> dl > div:nth-child(4)):has(> .actions)")) {
      const parts = all(":scope > .card-title, :scope > dl > div > dd, :scope > .actions > *", card).map(box);
      if (Math.min(...parts.map((one) => one.bottom)) < Math.max(...parts.map((one) => one.top))) say("row not on one line", card);
    }
  }

  // Messages, and pages without what stands around them.
  const filled = all("main > .notice.success").filter((one) => getComputedStyle(one).backgroundColor !== "rgba(0, 0, 0, 0)");
  if (filled.length > 1) say("two banners", filled[1]);
  return found;
})()
