// What the environment adds to the page: it catches what the page sends, exchanges documents in place, numbers elements
// as BrowserGym does, and tells what a visitor has changed. It stands beside the site's own script and changes nothing
// that the page can show.
"use strict";

(() => {
  // The tags that BrowserGym numbers (frame_mark_elements.js of browsergym-core 0.14.3).
  const STANDARD = new Set((
    "a abbr acronym address applet area article aside audio b base basefont bdi bdo big blockquote body br button " +
    "canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed " +
    "fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i " +
    "iframe img input ins kbd label legend li link main map mark menu meta meter nav noframes noscript object ol " +
    "optgroup option output p param picture pre progress q rp rt ruby s samp script search section select small " +
    "source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title " +
    "tr track tt u ul var video wbr").split(" "));
  const MARKS = ["aria-roledescription", "aria-description"];

  let asked = null;        // what the page has sent since the last look
  let numbered = new Map();
  let valued = [];
  let known = new Map();   // texts of the fields as last told

  addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    const data = new FormData(event.target, event.submitter);
    const path = new URL(event.target.getAttribute("action"), location.href).pathname;
    asked = { method: "POST", path, body: new URLSearchParams(data).toString() };
  });

  addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (event.defaultPrevented || !link) return;
    event.preventDefault();
    if (link.origin === location.origin) asked = { method: "GET", path: link.pathname + link.search, body: "" };
  });

  const number = () => {
    numbered = new Map();
    valued = [];
    let count = 0;
    for (const element of document.querySelectorAll("*")) {
      if (!STANDARD.has(element.tagName.toLowerCase())) continue;
      const bid = String(count++);
      element.setAttribute("bid", bid);
      for (const mark of MARKS) {
        element.setAttribute(mark, `browsergym_id_${bid} ${element.getAttribute(mark) ?? ""}`);
      }
      numbered.set(bid, element);
      if (element.value !== undefined || element.checked !== undefined) valued.push(element);
    }
  };

  // What is typed and ticked is written into attributes, as BrowserGym does each time it looks.
  const write = () => {
    for (const element of valued) {
      if (element.value !== undefined) element.setAttribute("value", element.value);
      if (element.checked === true) element.setAttribute("checked", "");
      else if (element.checked !== undefined) element.removeAttribute("checked");
    }
  };

  const texts = () => {
    const found = new Map();
    for (const field of document.querySelectorAll("input[name], select[name], textarea[name]")) {
      if (field.type === "checkbox") found.set(field.name, field.checked ? "1" : "");
      else if (field.type !== "radio") found.set(field.name, field.value);
      else if (field.checked) found.set(field.name, field.value);
    }
    return found;
  };

  const look = () => {
    write();
    const now = texts();
    const changed = [...now].filter(([name, text]) => known.get(name) !== text);
    known = now;
    const told = { asked, changed, lines: lines(), focus: document.activeElement?.getAttribute("bid") ?? "", address: location.href };
    asked = null;
    return told;
  };

  // The style sheet has another address for another look; the page is shown when it is there. Elements that change
  // their style lose texts in the accessibility tree for a while (Chromium 156), so it comes before they do.
  const restyled = async (next) => {
    const old = document.head.querySelector("link[rel=stylesheet]");
    const fresh = document.adoptNode(next.head.querySelector("link[rel=stylesheet]"));
    if (old.getAttribute("href") === fresh.getAttribute("href")) return;
    const loaded = new Promise((done) => { fresh.onload = fresh.onerror = done; });
    old.replaceWith(fresh);
    await loaded;
  };

  const begin = () => {
    number();
    known = texts();
    asked = null;
    return look();
  };

  const show = async ({ html, isNew }) => {
    const next = new DOMParser().parseFromString(html, "text/html");
    const root = document.documentElement;
    for (const { name } of [...root.attributes]) root.removeAttribute(name);
    for (const { name, value } of next.documentElement.attributes) root.setAttribute(name, value);
    document.title = next.title;
    await restyled(next);
    document.body.replaceWith(document.adoptNode(next.body));
    if (isNew) history.pushState(null, "", root.dataset.address);
    else history.replaceState(null, "", root.dataset.address);
    scrollTo(0, 0);
    window.focus();  // Tab may have left the page for the browser's own controls, and a loaded page has the focus
    document.dispatchEvent(new Event("DOMContentLoaded"));
    for (const element of [document.head, ...document.head.querySelectorAll("*")]) {
      MARKS.forEach((mark) => element.removeAttribute(mark));
    }
    return begin();
  };

  const travel = (distance) => new Promise((arrived) => {
    addEventListener("popstate", () => arrived(location.pathname + location.search), { once: true });
    history.go(distance);
  });

  // Resolves when nothing has scrolled for two frames: a wheel's scrolling begins and ends in later frames.
  let scrolls = 0;
  document.addEventListener("scroll", () => { scrolls += 1; }, true);
  const settled = async () => {
    let before;
    do {
      before = scrolls;
      for (let frames = 0; frames < 2; frames += 1) await new Promise(requestAnimationFrame);
    } while (scrolls !== before);
  };

  // Whether an element is the label of a radio button that is not chosen, of which only the browser would hear.
  const isChoice = ({ tagName, control }) =>
    tagName === "LABEL" && control?.type === "radio" && !control.checked && !("now" in control.dataset);

  // Where the mouse reaches an element; Playwright's conditions, without waiting for them to come true.
  const reach = (bid) => {
    const element = numbered.get(bid);
    if (!element) return { state: "absent" };
    const box = element.getBoundingClientRect();
    const isShown = box.width > 0 && box.height > 0 && getComputedStyle(element).visibility === "visible";
    if (!isShown || element.closest("[inert]")) return { state: "hidden" };
    const told = {
      state: (element.control ?? element).matches(":disabled") || element.closest("[aria-disabled=true]") ? "disabled" : "shown",
      kind: element.type ?? "", isSlid: (element.control ?? element).type === "range", isTicked: element.checked ?? null,
    };
    element.scrollIntoViewIfNeeded();
    const clipped = [...element.getClientRects()].map((rect) => ({
      left: Math.max(rect.left, 0), right: Math.min(rect.right, innerWidth),
      top: Math.max(rect.top, 0), bottom: Math.min(rect.bottom, innerHeight),
    }));
    const part = clipped.find(({ left, right, top, bottom }) =>
      right > left && bottom > top && (right - left) * (bottom - top) > 0.99);
    if (!part) return { ...told, state: "hidden" };
    const x = (part.left + part.right) / 2;
    const y = (part.top + part.bottom) / 2;
    const hit = document.elementFromPoint(x, y);
    if (told.state === "shown" && !element.contains(hit)) told.state = "covered";
    return { ...told, x, y, isChoice: hit === element && isChoice(element) };
  };

  // Where the elements are that the mouse reaches and can use: their numbers with left, top, right and bottom.
  const marks = () => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")].flatMap((element) => {
    const rect = element.getBoundingClientRect();
    const [left, right] = [Math.max(rect.left, 0), Math.min(rect.right, innerWidth)];
    const [top, bottom] = [Math.max(rect.top, 0), Math.min(rect.bottom, innerHeight)];
    if (right - left < 4 || bottom - top < 4) return [];
    const isReached = element.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
    return isReached ? [[element.getAttribute("bid"), left, top, right, bottom]] : [];
  });

  // Boxes for one line, and what is selected in them, counted in characters as Python counts them.
  const BOX = "input:not([type=checkbox], [type=radio], [type=range])";
  const count = (text, units) => [...text.slice(0, units)].length;
  const line = (box) => {
    const [start, end] = [box.selectionStart, box.selectionEnd].map((units) => count(box.value, units));
    const ends = box.selectionDirection === "backward" ? [end, start] : [start, end];
    return [box.value, ...ends, ["password", "search"].includes(box.type) ? box.type : ""];
  };
  const lines = () => [...document.querySelectorAll(BOX)].map((box) => [box.getAttribute("bid"), ...line(box)]);
  const focus = (bid) => {
    numbered.get(bid).focus();
    return look();
  };
  const select = (selected) => {
    for (const [bid, anchor, caret] of selected) {
      const box = numbered.get(bid);
      const units = (place) => [...box.value].slice(0, place).join("").length;
      const ends = [anchor, caret].map(units);
      box.setSelectionRange(Math.min(...ends), Math.max(...ends), caret < anchor ? "backward" : "forward");
    }
  };

  // What gets a key that is pressed on an element: the element if it can be focused, else what has the focus. Playwright
  // puts the caret before the text of a box that it gives the focus, but not by its label.
  const goal = (bid) => {
    const element = numbered.get(bid);
    const named = element?.tagName === "LABEL" ? element.control ?? element : element;
    const takes = named?.matches("input, select, textarea, button, a[href]") ? named : document.activeElement;
    if (!takes.matches(BOX)) return [kindOf(takes), null, false];
    const [text, anchor, caret, purpose] = line(takes);
    const ends = element === takes && takes !== document.activeElement ? [0, 0] : [anchor, caret];
    return ["text", [text, ...ends, purpose], "now" in takes.dataset];
  };
  const KINDS = { TEXTAREA: "area", SELECT: "select", BUTTON: "button", A: "link", range: "slider" };
  const kindOf = (element) => KINDS[element.tagName] ?? KINDS[element.type] ?? element.type ?? "";

  const visit = { begin, look, show, travel, settled, reach, marks, select, focus, goal };
  Object.defineProperty(window, "__visit", { value: Object.freeze(visit) });
})();
