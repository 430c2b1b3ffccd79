"use strict";
(async () => {
  const packed = document.getElementById("episodes").textContent.trim();
  const bytes = Uint8Array.from(atob(packed), (sign) => sign.charCodeAt(0));
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const data = await new Response(unpacked).json();
  const get = (id) => document.getElementById(id);
  const made = (tag, text = "", kind = "") => {
    const found = document.createElement(tag);
    found.textContent = text;
    if (kind) found.className = kind;
    return found;
  };
  const words = (text) => text.replaceAll("_", " ");
  const signed = (number) => (number > 0 ? "+" : "") + Math.round(number * 1000) / 1000;
  let episode = null, step = 0, asPage = false, shown = [];

  const filters = { split: "split", task: "task", arm: "arm", end: "end" };
  for (const [name, id] of Object.entries(filters)) {
    for (const value of new Set(data.episodes.map((one) => one[name]))) {
      const option = made("option", words(value));
      option.value = value;
      get(id).append(option);
    }
    get(id).addEventListener("change", list);
  }

  function list() {
    const wanted = Object.entries(filters).map(([name, id]) => [name, get(id).value]).filter(([, value]) => value);
    shown = data.episodes.filter((one) => wanted.every(([name, value]) => one[name] === value));
    get("list").replaceChildren(...shown.map((one) => {
      const button = made("button", `${one.task} ${one.instance}`);
      button.append(made("small", `${one.split}, ${words(one.arm)}`));
      button.append(made("small", words(one.end), one.end === "success" ? "good" : "bad"));
      button.addEventListener("click", () => open(one));
      const item = made("li");
      item.append(button);
      return item;
    }));
    if (shown.length) open(shown[0]);
    get("count").textContent = `${shown.length} of ${data.episodes.length} episodes`;
  }

  function open(one) {
    episode = one;
    step = 0;
    shown.forEach((other, place) => get("list").children[place].firstChild.setAttribute("aria-current", other === one));
    show();
  }

  function show() {
    const frame = episode.frames[step], last = episode.frames.length - 1;
    get("goal").textContent = episode.goal;
    get("variant").textContent = episode.variant || "The site as drawn.";
    get("at").textContent = `${step} of ${last}`;
    get("back").disabled = step === 0;
    get("on").disabled = step === last;
    get("text").setAttribute("aria-pressed", !asPage);
    get("site").setAttribute("aria-pressed", asPage);
    page(frame);
    side(frame, step === last);
    against();
  }

  function page(frame) {
    const place = get("page");
    if (asPage) {
      const iframe = made("iframe");
      iframe.setAttribute("sandbox", "");
      iframe.title = "The page as the site shows it";
      const style = `<style>${data.styles[frame.style]}${data.sheet}</style>`;
      iframe.srcdoc = data.htmls[frame.html].replace("</head>", () => `${style}</head>`);
      place.replaceChildren(iframe);
      return;
    }
    const text = made("pre"), number = /^\w+\('(\d+)'/.exec(frame.action || "");
    for (const line of data.pages[frame.page].split("\n")) {
      const hit = number && line.includes(`[${number[1]}] `);
      text.append(made(hit ? "mark" : "span", line), "\n");
    }
    place.replaceChildren(text);
    const hit = text.querySelector("mark");
    if (hit) place.scrollTop = Math.max(0, hit.offsetTop - place.offsetTop - 180);
  }

  function block(title, ...inner) {
    const found = made("div");
    found.append(made("h3", title), ...inner);
    return found;
  }

  function lines(list, none, kind = () => "") {
    const found = made("ul", "", "data");
    found.append(...(list.length ? list : [none]).map((line) => made("li", line, list.length ? kind(line) : "quiet")));
    return found;
  }

  const tone = (line) => ({ "+": "good", "-": "bad", "~": "warm" })[line[0]] || "";

  function side(frame, isLast) {
    const parts = [];
    if (isLast) {
      const ended = made("p", words(episode.end), episode.end === "success" ? "good" : "bad");
      parts.push(block("The end", ended, made("p", `Earned ${signed(episode.total)} in ${step} steps.`, "quiet")));
      if (episode.error) parts.push(block("The policy did not answer", made("div", episode.error, "code")));
    } else {
      parts.push(block("Action", made("div", frame.action, "code"), made("p", frame.element, "quiet")));
      if (frame.said !== frame.action) parts.push(block("The whole answer", made("div", frame.said, "code")));
      const earned = data.parts.map((name, place) => `${words(name)} ${signed(frame.parts[place])}`).join(", ");
      parts.push(block("Reward", made("p", `${signed(frame.reward)}: ${earned}`)));
      if (frame.error) parts.push(block("Error", made("p", frame.error, "bad")));
      parts.push(block("Data that changed", lines(frame.changed, "Nothing.", tone)));
    }
    get("side").replaceChildren(...parts);
  }

  function against() {
    const solution = data.solutions[episode.solution], place = get("against");
    const mine = new Set(episode.changed), theirs = new Set(solution ? solution.changed : []);
    const marked = (other) => (line) => (!solution || other.has(line) ? "" : "bad");
    const own = block("What this attempt changed in all", lines(episode.changed, "Nothing.", marked(theirs)));
    if (!solution) {
      const hint = "The solution is not known here: gymwright oracle writes solutions, --solutions takes its file.";
      place.replaceChildren(own, block("The solution", made("p", hint, "quiet")));
      return;
    }
    const steps = made("ol");
    steps.append(...solution.steps.map((line) => made("li", line)));
    const theirBlock = block("What the solution changes in all", lines(solution.changed, "Nothing.", marked(mine)));
    theirBlock.append(made("h3", `The solution of the site as drawn, ${solution.steps.length} steps`), steps);
    place.replaceChildren(own, theirBlock);
  }

  const go = (by) => { step = Math.min(Math.max(step + by, 0), episode.frames.length - 1); show(); };
  get("back").addEventListener("click", () => go(-1));
  get("on").addEventListener("click", () => go(1));
  get("text").addEventListener("click", () => { asPage = false; show(); });
  get("site").addEventListener("click", () => { asPage = true; show(); });
  get("viewer").addEventListener("keydown", (event) => {
    if (event.target.tagName === "SELECT") return;
    if (event.key === "ArrowLeft") go(-1);
    if (event.key === "ArrowRight") go(1);
  });
  list();
})();
