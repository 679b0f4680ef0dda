// Cards that say what is made or waited for, and how to give it up. Each is a template of the page, put into a place of its own.
"use strict";

// the card `id` in `place`, with what is told in it; its button does `act`, and is not there without
function put(place, id, act, words = {}) {
  const there = document.getElementById(place);
  if (!there) return null;
  const old = there.firstElementChild;
  if (old?.dataset.card !== id) {
    const fresh = document.getElementById(id).content.firstElementChild.cloneNode(true);
    const button = fresh.querySelector("button"), hadFocus = old?.contains(document.activeElement);
    fresh.dataset.card = id;
    if (act) button.addEventListener("click", act); else fresh.querySelector(".actions").remove();
    there.replaceChildren(fresh);
    if (act && hadFocus) button.focus();
  }
  for (const [name, value] of Object.entries(words)) {
    for (const one of there.querySelectorAll(`[data-words=${name}]`)) if (one.textContent !== value) one.textContent = value;
  }
  return there.firstElementChild;
}

function clear(place) { document.getElementById(place)?.replaceChildren(); }

// says in `place` how far it is, from 300 ms on, until the function that comes back is called
function tell(place, stop) {
  const at = document.getElementById(place)?.dataset.at;
  let first = 0, over = false, timer = setTimeout(look, 300);
  async function look() {
    const told = await fetch(at).then((answer) => answer.ok ? answer.json() : {}).catch(() => ({}));
    if (over) return;
    const waits = told.place > 0;
    first = Math.max(first, told.place ?? 0);
    const bar = put(place, waits ? "card-waiting" : "card-making", stop, { told: told.words ?? "" })?.querySelector("progress");
    const share = waits ? 1 - told.place / (first + 1) : told.share;
    if (share == null) bar?.removeAttribute("value"); else if (bar) bar.value = share;
    timer = setTimeout(look, 1000);
  }
  return () => { over = true; clearTimeout(timer); clear(place); };
}

// fetches a file, telling how far it is, and gives it to the browser; gives it up when the button is pressed
async function fetchFile(href) {
  const control = new AbortController();
  const end = tell("progress-take", () => control.abort());
  try {
    const answer = await fetch(href, { signal: control.signal });
    const name = /filename="([^"]*)"/.exec(answer.headers.get("content-disposition") ?? "")?.[1];
    // what is no file is a page that says why
    if (!answer.ok || !name) { location.assign(href); return; }
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await answer.blob());
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  } catch (error) {
    if (error.name !== "AbortError") location.assign(href);
  } finally { end(); }
}
