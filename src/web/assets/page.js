// What pages do beyond links and forms: search while typing, saving by itself, keys of the table, paste, a dropped file,
// files that are made while one waits. What is told meanwhile: progress.js.
// Without it everything but these still works.
"use strict";
document.documentElement.classList.add("js");

// the list of units, filtered while typing
const search = document.querySelector("[role=search] input");
if (search) {
  const plain = (words) => words.normalize("NFKC").toLowerCase().trim()
    .replace(/[ァ-ヶ]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0x60));
  const filter = () => {
    const wanted = plain(search.value);
    for (const unit of document.querySelectorAll(".units li")) unit.hidden = !plain(unit.dataset.find).includes(wanted);
  };
  search.addEventListener("input", filter);
}

// a file that is chosen or dropped is sent at once
const drop = document.querySelector(".drop");
if (drop) {
  const file = drop.querySelector("input[type=file]");
  // on its way up everything else that holds it back has had its turn
  addEventListener("submit", (event) => {
    if (event.target !== drop || event.defaultPrevented) return;
    const stop = () => { window.stop(); clear("progress-file"); file.value = ""; file.focus(); };
    setTimeout(() => put("progress-file", "card-reading", stop), 300);
  });
  file.addEventListener("change", () => file.files.length && drop.requestSubmit());
  drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    file.files = event.dataTransfer.files;
    if (file.files.length) drop.requestSubmit();
  });
}

// what is written anew in the place of two people's words is a choice of its own
for (const rewrite of document.querySelectorAll(".rewrite")) {
  const choice = rewrite.querySelector("input[type=radio]"), field = rewrite.querySelector(".cell");
  const choose = () => { choice.value = field.value; choice.checked = true; };
  field.addEventListener("input", choose);
  rewrite.addEventListener("toggle", () => { if (rewrite.open) { choose(); field.focus(); } else if (choice.checked) choice.checked = false; });
  // either of the two again
  for (const other of document.getElementsByName(choice.name)) if (other !== choice) other.addEventListener("change", () => { rewrite.open = false; });
}

// a passcode is shown while the button is pressed in
document.querySelector("#reveal")?.addEventListener("click", ({ currentTarget: button }) => {
  const token = document.querySelector("#token"), isShown = token.type === "text";
  token.type = isShown ? "password" : "text";
  button.setAttribute("aria-pressed", String(!isShown));
});

const form = document.querySelector("#rows");
const settle = form ? rows(form) : async () => true;

// a file is made of what was typed last; meanwhile it is told how far it is
let isFetching = false;
document.querySelector(".right")?.addEventListener("click", async (event) => {
  const link = event.target.closest("a.take-one");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  if (isFetching) return;
  isFetching = true;
  const href = link.getAttribute("href");
  // what was typed may have brought a fault: then there is no such file any more
  const find = () => [...document.querySelectorAll("a.take-one")].find((one) => one.getAttribute("href") === href);
  try {
    if (await settle() && find()) await fetchFile(href);
  } finally { isFetching = false; }
  if (document.activeElement === document.body) find()?.focus();
});

function rows(form) {
  const japanese = document.documentElement.lang === "ja";
  const fields = () => [...form.querySelectorAll(".cell")];
  const isComposing = (event) => event.isComposing || event.keyCode === 229;
  let saved = snapshot(), savedAt = new Date(), timer = 0, running = false, before = "";

  function snapshot() { return new URLSearchParams(new FormData(form)).toString().replace(/version=\d+&?/, ""); }
  function say(words) { const status = document.querySelector("#status"); if (status) status.textContent = words; }

  // what is not saved stays on the page, is said, and is tried again
  function unsaved(id, isStranger) {
    const was = new URLSearchParams(saved), plain = (words) => words?.replace(/\r/g, "");
    const count = fields().filter((one) => plain(was.get(one.name)) !== plain(one.value)).length;
    const time = savedAt.toLocaleTimeString("ja-JP", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Tokyo" });
    const card = put("cut-off", id, save, { time, count: String(count) });
    const cure = card?.querySelector(".cure");
    if (cure) cure.hidden = !isStranger;
    say(japanese ? "まだ保存していない入力があります" : "Not saved yet");
    timer = setTimeout(save, 8000);
  }

  // saving by itself: the answer is the page, of which those parts are taken that say something of the rows
  async function save() {
    clearTimeout(timer);
    if (running) { timer = setTimeout(save, 200); return; }
    const now = snapshot();
    if (now === saved) return;
    running = true;
    const slow = setTimeout(() => document.querySelector("#picture img")?.classList.add("old"), 300);
    const end = tell("progress-picture");
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { "x-save": "1" } });
      if (answer.status === 409) { running = false; saved = now; form.requestSubmit(form.querySelector(".default")); return; }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      // another page than that of the unit is the one where a passcode is asked for
      if (!answer.ok || !page.getElementById("pill")) { unsaved("card-refused", answer.ok); return; }
      [saved, savedAt] = [now, new Date()];
      clear("cut-off");
      take(page);
    } catch {
      unsaved("card-cut-off");
      return;
    } finally { clearTimeout(slow); end(); running = false; }
    if (snapshot() !== saved) timer = setTimeout(save, 200);
  }

  // saves what was typed; whether all of it is saved
  async function settle() {
    for (let turn = 0; turn < 50 && (running || snapshot() !== saved); turn += 1) {
      if (!running) await save();
      if (document.querySelector("#cut-off > *")) break;
      if (running || snapshot() !== saved) await new Promise((done) => setTimeout(done, 100));
    }
    return !running && snapshot() === saved;
  }

  function take(page) {
    // a colleague handed in meanwhile
    if (!page.querySelector("#rows")) { location.reload(); return; }
    document.title = page.title;
    for (const id of ["status", "pill", "checks", "others", "changes", "picture", "take", "first-fault", "bottom"]) {
      const [old, fresh] = [document.getElementById(id), page.getElementById(id)];
      if (old && fresh && old.innerHTML !== fresh.innerHTML) old.innerHTML = fresh.innerHTML;
    }
    for (const id of ["version", "hand-in-version"]) {
      const [old, fresh] = [document.getElementById(id), page.getElementById(id)];
      if (old && fresh) old.value = fresh.value;
    }
    for (const id of ["undo", "redo"]) {
      const [old, fresh] = [document.getElementById(id), page.getElementById(id)];
      if (old && fresh) old.disabled = fresh.disabled;
    }
    for (const cell of fields()) {
      const fresh = page.getElementById(cell.id);
      if (!fresh) continue;
      cell.className = fresh.className;
      for (const name of ["aria-invalid", "aria-describedby"]) {
        if (fresh.hasAttribute(name)) cell.setAttribute(name, fresh.getAttribute(name)); else cell.removeAttribute(name);
      }
    }
    for (const place of form.querySelectorAll(".messages > td")) {
      const fresh = page.getElementById(place.id);
      if (fresh && place.innerHTML !== fresh.innerHTML) place.innerHTML = fresh.innerHTML;
    }
  }

  // what was typed is saved first: a page that cannot be reached would take it along, what is handed in is what was typed
  // last, and the answer of a save that is under way would make what is sent now look like another person's edit
  document.addEventListener("submit", async (event) => {
    const { target, submitter } = event;
    const handsIn = target.closest("#bottom") !== null;
    clearTimeout(timer);
    if (!running && snapshot() === saved) return;
    event.preventDefault();
    if (!(await settle())) return;
    // the answer of a save may have replaced the form or its button
    if (handsIn) document.querySelector("#bottom form")?.requestSubmit();
    else if (submitter?.isConnected) target.requestSubmit(submitter);
    else press(submitter?.value ?? "");
  });
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(save, 500); });
  form.addEventListener("change", save);
  addEventListener("beforeunload", (event) => { if (snapshot() !== saved) event.preventDefault(); });
  form.addEventListener("focusin", (event) => { if (event.target.matches(".cell")) before = event.target.value; });

  // the field in the same column of the row above or below
  function neighbour(cell, by) {
    const [, table, , column] = cell.name.split("-");
    const all = fields().filter((one) => one.name.startsWith(`c-${table}-`) && one.name.endsWith(`-${column}`));
    return all[all.indexOf(cell) + by];
  }
  const press = (value) => { const button = form.querySelector(`button[name=do][value="${CSS.escape(value)}"]`); if (button && !button.disabled) button.click(); return button; };

  form.addEventListener("keydown", (event) => {
    const cell = event.target.closest(".cell");
    if (!cell || isComposing(event)) return;
    const [, table, row] = cell.name.split("-");
    const act = () => event.preventDefault();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      act();
      document.getElementById(`m-${cell.name}`)?.querySelector(".fix")?.click();
    } else if (event.key === "Enter") {
      act();
      const next = neighbour(cell, event.shiftKey ? -1 : 1);
      if (next) next.focus(); else if (!event.shiftKey) press(`add-${table}`);
    } else if (event.key === "Escape") {
      act();
      cell.value = before;
      cell.dispatchEvent(new Event("input", { bubbles: true }));
    } else if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      act();
      press(`${event.key === "ArrowUp" ? "up" : "down"}-${table}-${row}`);
    } else if ((event.ctrlKey || event.metaKey) && !event.altKey && (event.key === "z" || event.key === "y") && cell.value === before) {
      // within a field that was changed, the browser's own undo
      act();
      press(event.key === "z" ? "undo" : "redo");
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "F8" || isComposing(event)) return;
    event.preventDefault();
    const faulty = fields().filter((cell) => cell.matches(".fault, .check"));
    if (!faulty.length) return;
    const here = faulty.indexOf(document.activeElement);
    faulty[(here + (event.shiftKey ? -1 : 1) + faulty.length) % faulty.length].focus();
  });

  // a block from a spreadsheet fills to the right and below
  form.addEventListener("paste", (event) => {
    const cell = event.target.closest(".cell");
    const words = event.clipboardData?.getData("text/plain") ?? "";
    if (!cell || cell.readOnly || !/[\t]|\n./.test(words)) return;
    event.preventDefault();
    const block = parse(words.replace(/\r\n?/g, "\n").replace(/\n$/, ""));
    const grid = [...cell.closest("table").querySelectorAll(".entry")].map((row) => [...row.querySelectorAll(".cell")]);
    const top = grid.findIndex((row) => row.includes(cell)), left = grid[top].indexOf(cell);
    let over = 0;
    block.forEach((line, down) => line.forEach((value, right) => {
      const target = grid[top + down]?.[left + right];
      if (target) target.value = value; else over += 1;
    }));
    save();
    if (over) say(japanese ? `${over}個は、置く欄がないので入れていません。行を足してから貼ってください。` : `${over} had no field. Add rows and paste again.`);
  });

  // tab-separated words, as spreadsheets copy them: a cell with a line break stands in quotation marks
  function parse(words) {
    const lines = [[""]];
    let quoted = false;
    for (let at = 0; at < words.length; at += 1) {
      const c = words[at], line = lines[lines.length - 1], last = line.length - 1;
      if (quoted && c === '"' && words[at + 1] === '"') { line[last] += '"'; at += 1; }
      else if (c === '"' && (quoted || line[last] === "")) quoted = !quoted;
      else if (!quoted && c === "\t") line.push("");
      else if (!quoted && c === "\n") lines.push([""]);
      else line[last] += c;
    }
    return lines;
  }
  return settle;
}

// after a file was sent in, the head is what is read first
document.querySelector("#heading")?.focus();
