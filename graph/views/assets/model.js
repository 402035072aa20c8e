// What the page knows: nodes, edges, the facts behind them, and which of them pass the filters.

const data = JSON.parse(document.getElementById('data').textContent);
const details = data.details;
const nodes = new Map(data.nodes.map((node) => [node.id, { ...node, edges: [] }]));
const edges = new Map(data.edges.map((edge) => [edge.id, edge]));
for (const edge of edges.values()) {
  nodes.get(edge.from).edges.push(edge);
  nodes.get(edge.to).edges.push(edge);
}

const state = { lang: data.lang, chosen: null, trail: [], filters: { township: '', year: '', type: '', status: '' } };
const CELL = 5; // numbers to a cell: township, year, status, broad type, how many

function word(name, fields) {
  const text = data.words[state.lang][name] || name;
  return text.replace(/\{(\w+)\}/g, (all, field) => (fields && field in fields ? fields[field] : all));
}

function nameOf(thing) {
  if (thing.words) return word('sentences-with', { text: thing.words });
  if (thing.from) return nameOf(nodes.get(thing.from)) + ' — ' + nameOf(nodes.get(thing.to));
  return thing.names ? thing.names[state.lang] : thing.label;
}

function filtering() {
  return Object.values(state.filters).some((value) => value !== '');
}

// A township filter is "t3" (the fourth township) or "p汴阳县" (all that lie there).
function townshipPasses(index) {
  const wanted = state.filters.township;
  if (wanted === '') return true;
  return wanted[0] === 't' ? index === Number(wanted.slice(1)) : details.townships[index][1] === wanted.slice(1);
}

function passes(township, year, status, type) {
  const wanted = state.filters;
  return (wanted.year === '' || year === Number(wanted.year)) && (wanted.status === '' || status === Number(wanted.status)) &&
    (wanted.type === '' || type === Number(wanted.type)) && townshipPasses(township);
}

// How many facts that pass the filters stand behind an edge or a node, by status.
function tally(thing) {
  const counts = details.statuses.map(() => 0);
  for (const source of sources(thing)) {
    const told = details.told[source.id], cells = told ? told.cells : [];
    for (let at = 0; at < cells.length; at += CELL) {
      if (passes(cells[at], cells[at + 1], cells[at + 2], cells[at + 3])) counts[cells[at + 2]] += cells[at + 4];
    }
  }
  return counts;
}

function total(thing) {
  return tally(thing).reduce((sum, count) => sum + count, 0);
}

// A node's own facts if it has some, else those of its edges: what is held before who takes part in it.
function sources(thing) {
  if (thing.from || details.told[thing.id]) return [thing];
  const held = thing.edges.filter((edge) => edge.kind === 'holds');
  return held.length ? held : thing.edges;
}

// The facts kept behind an edge or a node that pass the filters, each once, in their order.
function factsOf(thing) {
  const seen = new Set();
  for (const source of sources(thing)) {
    for (const index of (details.told[source.id] || { facts: [] }).facts) seen.add(index);
  }
  return [...seen].map(fact).filter((one) => passes(one.report[1], one.report[2], one.status, one.type.top));
}

// Whether the page keeps fewer facts behind an edge or a node than there are.
function capped(thing) {
  return sources(thing).some(({ id }) => details.told[id] && details.told[id].facts.length < summed(details.told[id].cells));
}

function summed(cells) {
  return cells.reduce((sum, number, at) => sum + (at % CELL === CELL - 1 ? number : 0), 0);
}

// A township among thousands comes without lines; those to its activity types are made when it is chosen.
function join(node) {
  if (!node.part || node.edges.length) return;
  const told = details.told[node.id], types = [...nodes.values()].filter((one) => one.group === 'activity');
  details.tops.forEach((names, top) => {
    const type = types.find((one) => one.names.zh === names.zh), cells = [];
    for (let at = 0; at < told.cells.length; at += CELL) if (told.cells[at + 3] === top) cells.push(...told.cells.slice(at, at + CELL));
    if (!type || !cells.length) return;
    const edge = { id: node.id + ' ' + type.id, from: node.id, to: type.id, kind: 'holds', width: 2 };
    details.told[edge.id] = { cells, facts: told.facts.filter((index) => fact(index).type.top === top) };
    edges.set(edge.id, edge);
    node.edges.push(edge);
  });
  refilter();
}

function members(node) {
  return node.group === 'division' ? [...nodes.values()].filter((one) => one.part === node.id && one.passes) : [];
}

function fact(index) {
  const [sentence, start, end, status, type, note] = details.facts[index];
  const [report, section, text] = details.sentences[sentence];
  return { text, start, end, status, type: details.types[type], note: details.notes[note], section: details.sections[section], report: details.reports[report] };
}

// A line without facts (a plain network) is there whatever the filters say.
function edgePasses(edge) {
  return !filtering() || !details.told[edge.id] || total(edge) > 0;
}

function nodePasses(node) {
  if (!filtering()) return true;
  return details.told[node.id] ? total(node) > 0 : node.edges.some((edge) => edge.passes);
}

// A line is drawn in the best status that passes: done before deficient before planned.
const RANK = ['done', 'deficient', 'planned'];

function refilter() {
  for (const edge of edges.values()) {
    edge.passes = edgePasses(edge);
    const counts = tally(edge);
    edge.status = RANK.find((status) => counts[details.statuses.indexOf(status)]) || 'done';
  }
  for (const node of nodes.values()) node.passes = nodePasses(node);
}

function neighbours(node) {
  return node.edges.filter((edge) => edge.passes).map((edge) => ({ edge, node: nodes.get(edge.from === node.id ? edge.to : edge.from) }));
}

// Names that hold the words looked for, in either language; those that begin with them first.
function find(text) {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return [];
  const found = [];
  for (const node of nodes.values()) {
    const names = node.names ? Object.values(node.names) : [node.label];
    const place = Math.min(...names.map((name) => name.toLowerCase().indexOf(wanted)).map((at) => (at < 0 ? Infinity : at)));
    if (place < Infinity) found.push([place, node]);
  }
  return found.sort((a, b) => a[0] - b[0]).map((pair) => pair[1]);
}

// The sentences that hold the words looked for and pass the filters, each once, with these words marked.
function findSentences(text) {
  const seen = new Set(), found = [];
  details.facts.forEach(([sentence], index) => {
    const words = details.sentences[sentence][2];
    if (seen.has(sentence) || !words.includes(text)) return;
    seen.add(sentence);
    const one = fact(index), start = Array.from(words.slice(0, words.indexOf(text))).length;
    if (passes(one.report[1], one.report[2], one.status, one.type.top)) found.push({ ...one, start, end: start + Array.from(text).length });
  });
  return found;
}
