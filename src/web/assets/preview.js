// The authors' preview: pages come anew at every save and the view stays where it is; a click on a page names the place in the
// sources, a place in the sources finds its page.
const room = document.querySelector(".previewer");
const said = document.querySelector("#said"), placeOf = document.querySelector("#place-of"), lines = document.querySelector("#lines");
const copy = document.querySelector("#copy"), field = document.querySelector("#place");
const japanese = document.documentElement.lang === "ja";
const { base, file } = room.dataset;
let spots = [];

async function places() {
  try {
    const answer = await fetch(`${base}/${file}/places`);
    spots = answer.ok ? await answer.json() : [];
    spots.forEach((spot, index) => { spot.index = index; });
  } catch { spots = []; }
}

function mark(spot) {
  document.querySelectorAll(".spot").forEach((one) => one.setAttribute("width", 0));
  const svg = document.querySelector(`svg[data-page="${spot.page}"]`);
  if (!svg) return null;
  const margin = Number(svg.dataset.margin), box = svg.querySelector(".spot");
  const set = (name, value) => box.setAttribute(name, value);
  set("x", spot.x + margin - 0.6); set("y", spot.y + margin - 0.6); set("width", spot.width + 1.2); set("height", spot.height + 1.2);
  return svg;
}

// the lines of the source around a spot
async function tell(spot) {
  placeOf.textContent = spot.at;
  copy.hidden = false;
  let told = [];
  try {
    const answer = await fetch(`${base}/${file}/source/${spot.index}`);
    told = answer.ok ? await answer.json() : [];
  } catch { /* the place alone is told */ }
  if (placeOf.textContent !== spot.at) return;
  lines.hidden = !told.length;
  lines.replaceChildren(...told.map(({ number, words, is_here }) => {
    const line = document.createElement("li");
    line.value = number;
    line.textContent = words;
    if (is_here) line.setAttribute("aria-current", "true");
    return line;
  }));
}

copy.addEventListener("click", () => {
  const at = placeOf.textContent;
  const done = () => { said.textContent = `${at} ${japanese ? "を写しました。" : "was copied."}`; };
  navigator.clipboard?.writeText(at).then(done, () => {});
});

// how large pages are
let zoom = 1;
document.querySelector(".zoom").addEventListener("click", (event) => {
  const by = event.target.dataset?.zoom;
  if (by === undefined) return;
  zoom = Number(by) === 0 ? 1 : Math.min(3, Math.max(0.4, zoom * Number(by)));
  room.style.setProperty("--zoom", zoom);
});

// the smallest of what lies under the pointer
document.querySelector("#pages").addEventListener("click", (event) => {
  const svg = event.target.closest("svg");
  if (!svg) return;
  const bounds = svg.getBoundingClientRect(), scale = svg.viewBox.baseVal.width / bounds.width, margin = Number(svg.dataset.margin);
  const x = (event.clientX - bounds.left) * scale - margin, y = (event.clientY - bounds.top) * scale - margin;
  const under = spots.filter((one) => one.page === Number(svg.dataset.page) && x >= one.x && x <= one.x + one.width && y >= one.y && y <= one.y + one.height);
  under.sort((one, other) => one.width * one.height - other.width * other.height);
  if (!under.length) { said.textContent = japanese ? "ここに原稿の文字はありません。" : "Nothing of the sources is here."; return; }
  mark(under[0]);
  field.value = under[0].at;
  said.textContent = under[0].at;
  tell(under[0]);
});

// the tallest: a head itself, not its line in the contents
document.querySelector(".seek").addEventListener("submit", (event) => {
  event.preventDefault();
  const wanted = field.value.trim();
  const found = spots.filter((one) => one.at === wanted || one.at.startsWith(`${wanted}:`));
  const inside = found.length || !wanted ? found : spots.filter((one) => one.at.includes(wanted));
  inside.sort((one, other) => other.height - one.height);
  if (!inside.length) { said.textContent = japanese ? "その場所の文字は、どのページにもありません。" : "Nothing of that place is on any page."; return; }
  mark(inside[0])?.scrollIntoView({ block: "center" });
  tell(inside[0]);
  said.textContent = `${inside[0].at} → ${japanese ? "" : "page "}${inside[0].page}${japanese ? "ページ" : ""}`;
});

async function renew(number) {
  if (number <= Number(room.dataset.number)) return;
  const answer = await fetch(location.href);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("#pages"), old = document.querySelector("#pages");
  document.querySelector("#findings").innerHTML = page.querySelector("#findings").innerHTML;
  // pictures are there before the old ones go, so that nothing jumps
  await Promise.all([...fresh.querySelectorAll("image")].slice(0, 40).map((image) => {
    const picture = new Image();
    picture.src = image.getAttribute("href");
    return picture.decode().catch(() => {});
  }));
  const top = scrollY;
  old.innerHTML = fresh.innerHTML;
  scrollTo(0, top);
  room.dataset.number = page.querySelector(".previewer").dataset.number;
  said.textContent = page.querySelector("#said").textContent;
  await places();
}

places();
const events = new EventSource(`${base}/events`);
events.addEventListener("message", (event) => renew(Number(event.data)));
