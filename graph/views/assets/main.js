// Choosing, searching, filtering, and the two languages.

const byId = (id) => document.getElementById(id);

function choose(thing, keepTrail) {
  if (thing === state.chosen) return;
  if (!keepTrail) state.trail = thing ? (state.chosen ? [...state.trail, state.chosen] : state.trail) : [];
  state.chosen = thing;
  if (thing && thing.edges) join(thing);
  document.body.classList.toggle('chosen', Boolean(thing));
  fillPanel();
  lookAt(thing);
  network.redraw();
  const said = !thing ? '' : thing.words ? nameOf(thing) : nameOf(thing) + ' · ' + word('facts', { n: total(thing) });
  byId('status').textContent = said;
  byId('peek').textContent = said + ' ↓';
  byId('peek').hidden = !thing;
}

function back() {
  choose(state.trail.pop() || null, true);
}

// A chosen node that lies outside the window is brought into it.
function lookAt(thing) {
  if (!thing || !thing.edges) return;
  const at = network.canvasToDOM(spotOf(thing.id));
  const inside = at.x > 20 && at.y > 20 && at.x < stage.clientWidth - 20 && at.y < stage.clientHeight - 20;
  if (!inside) network.focus(thing.id, { animation: false });
}

// --- search ---

const LISTED = 30;
const input = byId('search'), list = byId('found');
let pointed = -1;

function search() {
  const found = find(input.value), text = input.value.trim();
  pointed = found.length ? 0 : -1;
  list.replaceChildren(...found.slice(0, LISTED).map((node, at) => {
    const item = element('li', { role: 'option', id: 'found-' + at, 'aria-selected': String(at === 0) }, symbol(node.group, node.shape), element('span', {}, fullName(node)));
    item.take = () => take(node);
    item.addEventListener('pointerdown', (event) => { event.preventDefault(); item.take(); });
    return item;
  }));
  const sentences = text.length > 1 ? findSentences(text).length : 0;
  if (sentences) list.append(sentenceItem(text, sentences, list.children.length));
  if (text && !list.children.length) list.append(element('li', { class: 'none' }, word('nothing-found', { text })));
  if (sentences && !found.length) pointed = 0;
  openList(Boolean(text));
  if (text) byId('status').textContent = found.length ? word('found', { n: found.length }) : word('nothing-found', { text });
}

function sentenceItem(text, count, at) {
  const item = element('li', { role: 'option', id: 'found-' + at }, element('span', {}, word('sentences-with', { text })), element('span', { class: 'count' }, String(count)));
  item.take = () => { openList(false); input.value = ''; choose({ words: text }); };
  item.addEventListener('pointerdown', (event) => { event.preventDefault(); item.take(); });
  return item;
}

function openList(open) {
  list.hidden = !open;
  input.setAttribute('aria-expanded', String(open));
  point(open ? pointed : -1);
}

function point(at) {
  pointed = at;
  [...list.children].forEach((item, index) => item.setAttribute('aria-selected', String(index === at)));
  if (at >= 0 && list.children[at]) {
    input.setAttribute('aria-activedescendant', 'found-' + at);
    list.children[at].scrollIntoView({ block: 'nearest' });
  } else input.removeAttribute('aria-activedescendant');
}

function take(node) {
  openList(false);
  input.value = '';
  if (!node.passes) clearFilters();
  choose(node);
  if (panel.getBoundingClientRect().top > window.innerHeight * 0.6) panel.scrollIntoView({ block: 'nearest' });
}

input.addEventListener('input', search);
input.addEventListener('blur', () => openList(false));
input.addEventListener('focus', () => input.value.trim() && search());
input.addEventListener('keydown', (event) => {
  if (event.isComposing || list.hidden) return; // the words are still being typed with an input method
  const last = list.querySelectorAll('[role=option]').length - 1;
  if (event.key === 'ArrowDown' && last >= 0) point(Math.min(pointed + 1, last));
  else if (event.key === 'ArrowUp' && last >= 0) point(Math.max(pointed - 1, 0));
  else if (event.key === 'Enter' && pointed >= 0) list.children[pointed].take();
  else if (event.key === 'Escape') openList(false);
  else return;
  event.preventDefault();
  event.stopPropagation();
});

document.addEventListener('keydown', (event) => {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName);
  if (event.key === '/' && !typing) { event.preventDefault(); input.focus(); }
  if (event.key === 'Escape' && !event.defaultPrevented) choose(null);
});

// --- filters ---

function option(value, text) {
  return element('option', { value }, text);
}

function fillFilters() {
  const rows = details.townships.map((row, at) => ({ name: row[0], part: row[1], at }));
  const parts = [...new Set(rows.map((row) => row.part))];
  const choices = (some) => some.map((row) => option('t' + row.at, row.name));
  const groups = parts.map((part) => element('optgroup', { label: part || '—' }, ...(part && parts.length > 1 ? [option('p' + part, word('all-of', { name: part }))] : []), ...choices(rows.filter((row) => row.part === part))));
  const years = [...new Set(details.reports.map((row) => row[2]))].sort();
  fillSelect('township', parts.length > 1 ? groups : choices(rows), rows.length);
  fillSelect('year', years.map((year) => option(year, year || word('no-year'))), years.length);
  fillSelect('type', details.tops.map((names, at) => option(at, names[state.lang] || names.zh)), details.tops.length);
  const statuses = [['', word('all')], ...details.statuses.map((status, at) => [String(at), word('status.' + status)])];
  byId('by-status').replaceChildren(byId('by-status').firstElementChild, ...statuses.map(([value, text]) => {
    const radio = element('input', { type: 'radio', name: 'status', value });
    radio.checked = state.filters.status === value;
    radio.addEventListener('change', () => filter('status', value));
    return element('label', {}, radio, text);
  }));
  byId('filters').hidden = !details.reports.length;
}

function fillSelect(name, choices, count) {
  const select = byId('by-' + name);
  select.replaceChildren(option('', word('all')), ...choices);
  select.value = state.filters[name];
  select.parentElement.hidden = count < 2;
}

function filter(name, value) {
  state.filters[name] = value;
  refilter();
  if (state.chosen && !state.chosen.words && !state.chosen.passes) { state.chosen = null; state.trail = []; }
  byId('clear').hidden = !filtering();
  byId('nothing').hidden = [...nodes.values()].some((node) => node.passes);
  redrawFiltered();
  fillPanel();
}

function clearFilters() {
  for (const name of Object.keys(state.filters)) state.filters[name] = '';
  fillFilters();
  filter('status', '');
}

for (const name of ['township', 'year', 'type']) byId('by-' + name).addEventListener('change', (event) => filter(name, event.target.value));
byId('clear').addEventListener('click', clearFilters);

// --- tools ---

byId('fit').addEventListener('click', () => (stretched ? place() : show()));
byId('print').addEventListener('click', () => window.print());
byId('reset').addEventListener('click', () => { setPhysics(false); place(); byId('reset').hidden = true; });
byId('physics').addEventListener('change', (event) => setPhysics(event.target.checked));
byId('language').addEventListener('click', () => { state.lang = state.lang === 'zh' ? 'en' : 'zh'; speak(); fillPanel(); place(); });

byId('peek').addEventListener('click', () => panel.scrollIntoView({ block: 'start' }));

function setPhysics(on) {
  byId('physics').checked = on;
  if (on) handOverLines();
  byId('reset').hidden = false;
  network.setOptions({ physics: { ...data.options.physics, enabled: on } });
  if (on) network.startSimulation(); else network.stopSimulation();
}

function fillLegend() {
  const kinds = KINDS.filter((kind) => shapeOf(kind)), styles = new Set([...edges.values()].map((edge) => edge.status));
  const marks = kinds.map((kind) => element('span', { class: 'key' }, symbol(kind, shapeOf(kind)), word('kind.' + kind)));
  const dashes = details.reports.length ? details.statuses.filter((status) => styles.has(status)).map((status) => element('span', { class: 'key' }, element('span', { class: 'line ' + status }), word('line.' + status))) : [];
  byId('legend').replaceChildren(...marks, ...dashes);
  byId('legend').setAttribute('aria-label', word('legend'));
}

function speak() {
  document.documentElement.lang = state.lang;
  document.title = data.title[state.lang];
  byId('title').textContent = data.title[state.lang];
  byId('language').textContent = word('language');
  input.placeholder = word('search');
  input.setAttribute('aria-label', word('search-label'));
  panel.setAttribute('aria-label', word('panel'));
  stage.setAttribute('aria-label', word('canvas'));
  document.querySelectorAll('[data-word]').forEach((one) => { one.textContent = word(one.dataset.word); });
  fillFilters();
  fillLegend();
}

// A page opened as overview.html#槐堤镇 starts at that node.
function chooseFromAddress() {
  const name = decodeURIComponent(location.hash.slice(1));
  const node = name && find(name).find((one) => nameOf(one) === name);
  if (node) choose(node);
}

let waiting;
new ResizeObserver(() => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    if (stage.clientWidth === width && stage.clientHeight === height) return;
    [width, height] = [stage.clientWidth, stage.clientHeight];
    network.setSize('100%', '100%');
    place();
    network.redraw();
  }, 120);
}).observe(stage);
window.addEventListener('hashchange', chooseFromAddress);
if (window.matchMedia('(max-width: 760px)').matches) byId('filters').open = false;
refilter();
speak(); // before the picture, which takes the room that the words leave
draw();
let [width, height] = [stage.clientWidth, stage.clientHeight];
fillPanel();
chooseFromAddress();
window.zhili = { network, nodes, edges, state, choose, find, filter, named: () => labels.map((label) => label.id) };
