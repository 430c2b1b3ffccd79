// The page's few lines of script. It never adds or removes elements: the server answers every use with a document.
"use strict";

(() => {
  const page = document.documentElement;
  // The answer to a POST arrives under the address of the POST; this is the page's own.
  history.replaceState(null, "", page.dataset.address);

  document.addEventListener("DOMContentLoaded", () => {
    const { address, section } = page.dataset;
    for (const list of document.querySelectorAll("nav ul")) {
      const entries = [...list.querySelectorAll("a")];
      const [here] = [
        ...entries.filter((link) => link.getAttribute("href") === address),
        ...entries.filter((link) => address.startsWith(`${link.getAttribute("href")}/`)),
        ...entries.filter((link) => link.getAttribute("href") === section),
      ];
      if (!here) continue;
      here.dataset.here = "";
      // On a phone the list scrolls sideways; the page does not.
      list.scrollLeft = here.offsetLeft - list.offsetLeft - (list.clientWidth - here.offsetWidth) / 2;
    }
  });

  const fields = () => document.querySelectorAll("input[name], select[name], textarea[name]");
  const loose = () => document.getElementById("go");
  let used = "";
  let reports = Promise.resolve();

  const send = (token) => {
    used = token;
    loose().requestSubmit();
  };

  // Every answer of the site sees all texts of the page, whichever form was sent.
  document.addEventListener("formdata", (event) => {
    for (const field of fields()) {
      const isTicked = !["checkbox", "radio"].includes(field.type) || field.checked;
      if (field.form !== event.target && !field.disabled && isTicked) event.formData.append(field.name, field.value);
    }
    event.formData.append("all", "1");
    if (used) event.formData.append("go", used);
    used = "";
  });

  // Enter in a form without a button sends nothing.
  document.addEventListener("submit", (event) => {
    if (!event.submitter && event.target !== loose()) event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-go]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    send(link.dataset.go);
  });

  // Escape puts away what stands in the way.
  document.addEventListener("keydown", (event) => {
    const out = event.key === "Escape" && document.querySelector("[data-out] button");
    if (out) out.click();
  });

  // Choosing what is chosen already is no change.
  const isOther = (field) => {
    if (field.tagName === "SELECT") {
      const chosen = Array.from(field.options).findIndex((option) => option.defaultSelected);
      return field.selectedIndex !== Math.max(chosen, 0);
    }
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    return field.value !== field.defaultValue;
  };

  document.addEventListener("change", (event) => {
    const field = event.target;
    if (field.tagName === "SELECT") field.focus();
    if ("now" in field.dataset && isOther(field)) send(field.type === "radio" ? field.value : field.name);
    else report(field, 0);
  });

  // What is put into a field at once is answered at once; what is typed key by key when it changes, or, where the site
  // offers suggestions, when nobody has typed for a moment.
  const pause = 400;
  let typing = 0;
  let isKeyDown = false;
  for (const kind of ["keydown", "keyup"]) {
    document.addEventListener(kind, () => { isKeyDown = kind === "keydown"; }, true);
  }
  document.addEventListener("input", (event) => {
    const field = event.target;
    if (!("now" in field.dataset) || field.tagName !== "INPUT" || ["checkbox", "radio", "range"].includes(field.type)) return;
    clearTimeout(typing);
    const isWhole = !field.value || (event.data === field.value && !isKeyDown);
    const answer = () => { if (field.isConnected && isOther(field)) send(field.name); };
    if (isWhole) answer();
    else if (field.dataset.now && !("drafts" in page.dataset)) typing = setTimeout(answer, pause);
  });

  // The number beside a slider follows its thumb. What drives a browser may put a slider elsewhere without an event;
  // agents' harnesses then write where it stands into the attribute.
  const follow = ({ target }) => {
    if (target.type === "range") target.nextElementSibling.firstChild.data = target.value;
  };
  document.addEventListener("input", follow);
  new MutationObserver((changes) => changes.forEach(follow))
    .observe(document, { attributes: true, attributeFilter: ["value"], subtree: true });

  // Tab enters radio buttons of which none is chosen at the end that comes first, by all that a page says of them. But
  // Chromium enters where the focus was last; it forgets that of a button that has had another name meanwhile.
  document.addEventListener("focusout", ({ target }) => {
    if (target.type !== "radio" || target.checked) return;
    const { name } = target;
    target.name = "";
    target.name = name;
  });

  // While somebody watches (the preview), texts are told as they are typed.
  const waiting = new Map();
  const report = (field, delay) => {
    if (!("drafts" in page.dataset) || !field.name) return;
    clearTimeout(waiting.get(field.name));
    waiting.set(field.name, setTimeout(() => tell(field), delay));
  };
  const tell = (field) => {
    const isTicked = field.type !== "checkbox" || field.checked;
    const body = new URLSearchParams([[field.name, isTicked ? field.value : ""]]);
    reports = reports
      .then(() => fetch("/_/draft", { method: "POST", body, keepalive: true }))
      .then((answer) => { if (answer.status === 205) { remember(field); location.reload(); } })
      .catch(() => {});
  };
  document.addEventListener("input", (event) => report(event.target, 300));

  // Who types in the preview goes on typing when the site has answered.
  const remember = (field) => {
    if (field === document.activeElement && field.dataset.now) sessionStorage.typed = [...fields()].indexOf(field);
  };
  document.addEventListener("DOMContentLoaded", () => {
    const field = "drafts" in page.dataset && fields()[sessionStorage.typed];
    sessionStorage.removeItem("typed");
    if (field) { field.focus(); field.setSelectionRange(field.value.length, field.value.length); }
  });

  // A page that the browser kept for "back" is as old as what it shows.
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
})();
