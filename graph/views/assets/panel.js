// The side panel: what stands behind a node or an edge. Text from reports goes in as text nodes, never as markup.

const panel = document.getElementById('panel');
const SHOWN = 20; // facts shown at first, and with each click on "more"
const LISTABLE = 500; // names in one list; search finds the rest
const KINDS = ['division', 'township', 'year', 'activity', 'actor', 'indicator', 'node'];

function fullName(node) {
  return caption(node) || nameOf(node);
}

function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name === 'onclick') made.addEventListener('click', value);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

function symbol(kind, shape) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg'), r = 6;
  svg.setAttribute('viewBox', '-9 -9 18 18');
  svg.setAttribute('class', 'symbol');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', { square: 'M-6-6H6V6H-6Z', diamond: 'M0-8L8 0L0 8L-8 0Z', triangle: 'M0-7L7 5H-7Z', triangleDown: 'M0 7L7-5H-7Z', hexagon: 'M7 0L3.5 6H-3.5L-7 0L-3.5-6H3.5Z' }[shape] || `M${r} 0A${r} ${r} 0 1 1 ${-r} 0A${r} ${r} 0 1 1 ${r} 0`);
  path.setAttribute('fill', colors[kind]);
  svg.append(path);
  return svg;
}

function shapeOf(kind) {
  const node = data.nodes.find((one) => one.group === kind);
  return node && node.shape;
}

function statusBadges(counts) {
  const badges = counts.map((count, at) => [count, details.statuses[at]]).filter(([count]) => count);
  return element('p', { class: 'badges' }, ...badges.map(([count, status]) => element('span', { class: 'badge ' + status }, word('status.' + status) + ' ' + count)));
}

function note(parts) {
  if (!parts.length) return null;
  if (parts.length === 2) return word('role.' + parts[0], { name: parts[1] });
  const [bound, value, unit] = parts;
  return word('bound.' + bound, { value: Number(value).toLocaleString('en-US', { maximumFractionDigits: 6 }), unit });
}

function quoted(one) {
  const letters = Array.from(one.text); // offsets count code points
  const piece = (from, to) => letters.slice(from, to).join('');
  if (!one.text) return element('blockquote', { class: 'missing' }, word('no-text'));
  return element('blockquote', { lang: 'zh' }, piece(0, one.start), element('mark', {}, piece(one.start, one.end)), piece(one.end));
}

// The type of a fact goes without saying where the panel's title says it.
function typeTag(one, thing) {
  if (thing.words) return element('span', { class: 'type' }, one.type[state.lang] || one.type.zh);
  const said = (thing.from ? [nodes.get(thing.from), nodes.get(thing.to)] : [thing]).map((node) => (node.names || {}).zh);
  return !one.type.zh || said.some((name) => name && name.startsWith(one.type.zh)) ? null : element('span', { class: 'type' }, one.type[state.lang] || one.type.zh);
}

function factItem(one, thing) {
  const status = details.statuses[one.status], [file, township, year] = one.report, remark = note(one.note);
  const source = [details.townships[township][0], year || word('no-year'), one.section].filter(Boolean).join(' · ');
  return element('li', { class: 'fact' },
    element('div', { class: 'tags' }, element('span', { class: 'badge ' + status }, word('status.' + status)), typeTag(one, thing), remark && element('span', { class: 'note' }, remark)),
    quoted(one),
    element('p', { class: 'source' }, source, element('span', { class: 'file' }, file)));
}

function factList(thing) {
  const facts = factsOf(thing), count = total(thing);
  if (!count) return element('div', {});
  return listed(thing, facts, capped(thing) && facts.length < count ? word('facts-capped', { n: count, kept: facts.length }) : word('facts', { n: count }));
}

function listed(thing, facts, heading) {
  const list = element('ol', { class: 'facts' });
  const more = element('button', { type: 'button', class: 'more', onclick: () => extend() });
  function extend() {
    const from = list.children.length;
    list.append(...facts.slice(from, from + SHOWN).map((one) => factItem(one, thing)));
    const left = facts.length - list.children.length;
    more.hidden = left <= 0;
    more.textContent = word('more', { n: Math.min(left, SHOWN) });
    if (from) list.children[from].querySelector('.source').scrollIntoView({ block: 'nearest' });
  }
  extend();
  return element('section', {}, element('h3', {}, heading), list, more);
}

function itemButton(node, count, onclick) {
  return element('li', {}, element('button', { type: 'button', class: 'item', onclick },
    symbol(node.group, node.shape), element('span', { class: 'name' }, fullName(node)), count ? element('span', { class: 'count' }, String(count)) : null));
}

function folded(title, count, items, open) {
  return element('details', open ? { open: '' } : {}, element('summary', {}, title + ' ', element('span', { class: 'count' }, String(count))), element('ul', { class: 'items' }, ...items));
}

function neighbourLists(node) {
  const around = neighbours(node).map((pair) => ({ ...pair, count: details.told[pair.edge.id] ? total(pair.edge) : 0 })).sort((a, b) => b.count - a.count);
  return KINDS.map((kind) => [kind, around.filter((pair) => pair.node.group === kind)]).filter(([, some]) => some.length)
    .map(([kind, some]) => folded(word('neighbours.' + kind), some.length, some.map((pair) => itemButton(pair.node, pair.count, () => choose(pair.edge))), some.length <= 8));
}

function memberList(node) {
  const some = members(node);
  return some.length ? [lazily(word('neighbours.township'), some, false)] : [];
}

function panelHead(kicker, title) {
  return element('div', { class: 'head' },
    element('div', { class: 'ways' },
      state.trail.length ? element('button', { type: 'button', class: 'quiet', onclick: back }, '← ' + word('back')) : null,
      element('button', { type: 'button', class: 'quiet', onclick: () => choose(null) }, word('home'))),
    kicker && element('p', { class: 'kicker' }, kicker), title);
}

function nodePanel(node) {
  const counts = tally(node);
  return [panelHead(element('span', {}, symbol(node.group, node.shape), ' ' + word('kind.' + node.group)), element('h2', {}, fullName(node))),
    node.definitions && node.definitions[state.lang] ? element('p', { class: 'definition' }, node.definitions[state.lang]) : null,
    statusBadges(counts), ...memberList(node), ...neighbourLists(node), factList(node)];
}

function edgePanel(edge) {
  const ends = [edge.from, edge.to].map((id) => nodes.get(id));
  const title = element('h2', { class: 'ends' }, ...ends.map((node) =>
    element('button', { type: 'button', class: 'end', onclick: () => choose(node) }, symbol(node.group, node.shape), element('span', {}, fullName(node)))));
  return [panelHead(null, title), statusBadges(tally(edge)), factList(edge)];
}

function wordsPanel(thing) {
  const facts = findSentences(thing.words);
  return [panelHead(null, element('h2', {}, nameOf(thing))), listed(thing, facts, word('sentences', { n: facts.length }))];
}

function restsOn() {
  if (!details.reports.length) return null;
  const years = [...new Set(details.reports.map((row) => row[2]).filter(Boolean))].sort();
  const span = years.length > 1 ? years[0] + '–' + years[years.length - 1] : String(years[0] || word('no-year'));
  return element('p', { class: 'rests' }, word('rests-on', { reports: data.reports || details.reports.length, townships: details.townships.length, years: span }));
}

function tableOf(table, open) {
  const said = (value) => (value !== null && typeof value === 'object' ? value[state.lang] : value);
  const cell = (value) => (said(value) === '' ? '—' : String(said(value)));
  const row = (values) => element('tr', {}, ...values.map((value, at) => element(at ? 'td' : 'th', at ? {} : { scope: 'row' }, cell(value))));
  return element('details', { class: 'table', open: open ? '' : false }, element('summary', {}, word(table.title)),
    element('table', {}, element('thead', {}, element('tr', {}, ...table.head.map((value) => element('th', { scope: 'col' }, value.word ? word(value.word) : cell(value))))),
      element('tbody', {}, ...table.rows.map(row))));
}

function homePanel() {
  const listed = heaviest.filter((node) => node.passes && caption(node)); // cells of a table of years have no caption
  const lists = KINDS.map((kind) => [kind, listed.filter((node) => node.group === kind)]).filter(([, some]) => some.length);
  return [element('div', { class: 'head' }, element('p', {}, data.about[state.lang]), restsOn()),
    data.edges.length > drawn.length ? element('p', { class: 'definition' }, word('lines-capped', { n: data.edges.length, kept: drawn.length })) : null,
    element('p', { class: 'hint' }, word('hint')),
    ...(data.tables || []).map((table, at) => tableOf(table, at === 0 && !narrow())),
    ...lists.map(([kind, some], at) => lazily(word('neighbours.' + kind), some, at === 0 && some.length <= 24 && !narrow()))];
}

// A list of thousands is filled only when it is opened, the most told of first, years in their order.
function lazily(title, some, open) {
  const made = folded(title, some.length, [], open);
  made.addEventListener('toggle', () => {
    const list = made.querySelector('ul');
    if (!made.open || list.children.length) return;
    const counted = some.map((node) => [node, total(node)]).sort((a, b) => (a[0].group === 'year' ? a[0].x - b[0].x : b[1] - a[1]));
    list.append(...counted.slice(0, LISTABLE).map(([node, count]) => itemButton(node, count, () => choose(node))));
    if (some.length > LISTABLE) list.append(element('li', { class: 'definition' }, word('list-capped', { n: some.length - LISTABLE })));
  });
  return made;
}

function fillPanel() {
  const thing = state.chosen;
  const made = !thing ? homePanel() : thing.words ? wordsPanel(thing) : thing.from ? edgePanel(thing) : nodePanel(thing);
  panel.replaceChildren(...made.filter(Boolean));
  panel.scrollTop = 0;
}
