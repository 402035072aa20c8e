// The picture: vis-network holds and moves it, the marks and labels are drawn here.
// Labels keep their size on the screen, and one that would cover another waits until there is room.

const FONT = '"Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Micro Hei", Arial, sans-serif';
const PAPER = '#ffffff', INK = '#1d2733';
const colors = Object.fromEntries(Object.entries(data.options.groups).map(([kind, group]) => [kind, group.color]));
const stage = document.getElementById('picture');
const stretched = data.stretch;
const widths = new Map(); // of texts in the plain font, in pixels of the screen
let labels = []; // where each label stands on the screen, for the mouse
let network, visNodes, visEdges;

function outline(context, shape, x, y, r) {
  context.beginPath();
  if (shape === 'square') context.rect(x - r * 0.88, y - r * 0.88, r * 1.76, r * 1.76);
  else if (shape === 'diamond') polygon(context, [[x, y - r * 1.25], [x + r * 1.25, y], [x, y + r * 1.25], [x - r * 1.25, y]]);
  else if (shape === 'triangle') polygon(context, [[x, y - r * 1.15], [x + r * 1.1, y + r * 0.85], [x - r * 1.1, y + r * 0.85]]);
  else if (shape === 'triangleDown') polygon(context, [[x, y + r * 1.15], [x + r * 1.1, y - r * 0.85], [x - r * 1.1, y - r * 0.85]]);
  else if (shape === 'hexagon') polygon(context, [0, 1, 2, 3, 4, 5].map((at) => [x + r * Math.cos(at * Math.PI / 3), y + r * Math.sin(at * Math.PI / 3)]));
  else context.arc(x, y, r, 0, 2 * Math.PI);
}

function polygon(context, points) {
  points.forEach(([x, y], at) => (at ? context.lineTo(x, y) : context.moveTo(x, y)));
  context.closePath();
}

let wide = stage.clientWidth, high = stage.clientHeight; // asked of the page only when it changes
const narrow = () => wide < 600;

function measureStage() {
  [wide, high] = [stage.clientWidth, stage.clientHeight];
}

// In a stretched picture no mark and, down to a size that one can read, no label is taller than its row.
const LABEL = 12, LEAST = 10.5;
let shrink = 1, letters = LABEL;

function fitRows(spots) {
  const columns = new Map();
  for (const { id, x, y } of spots) if (!nodes.get(id).quiet) columns.set(x, [...(columns.get(x) || []), y]);
  let gap = Infinity;
  for (const ys of columns.values()) ys.sort((a, b) => a - b).forEach((y, at) => { if (at && y > ys[at - 1]) gap = Math.min(gap, y - ys[at - 1]); });
  const largest = Math.max(...[...nodes.values()].map((node) => node.size));
  shrink = Math.min(1, Math.max(0.4, (0.52 * gap) / largest));
  letters = Math.min(LABEL, Math.max(LEAST, gap / 1.09));
  widths.clear();
}

function radius(node, scale) {
  return shrink * (narrow() ? 0.8 : 1) * node.size / Math.sqrt(Math.max(scale, 0.02));
}

function drawMark(context, node, x, y, scale) {
  const r = radius(node, scale);
  outline(context, node.shape, x, y, r);
  context.fillStyle = colors[node.group];
  context.fill();
  context.lineWidth = 1.2 / scale;
  context.strokeStyle = PAPER;
  context.stroke();
  return r;
}

function mark({ ctx, id, x, y }) {
  const node = nodes.get(id), scale = network ? network.getScale() : 1, r = radius(node, scale);
  return { drawNode: () => drawMark(ctx, node, x, y, scale), nodeDimensions: { width: 2 * r, height: 2 * r } };
}

// --- where things stand ---

// A stretched picture is given in thousandths of the window, vis-network takes whole pixels; the outer columns' labels get the room they need.
function places() {
  if (!stretched) return [...nodes.values()].map(({ id, x, y }) => ({ id, x, y }));
  const { clientWidth: width, clientHeight: height } = stage;
  const left = labelRoom(0, width), right = labelRoom(1000, width), top = 26, bottom = [...nodes.values()].some((node) => node.side === 'below' && node.y > 950) ? 34 : 16;
  const spots = [...nodes.values()].map(({ id, x, y }) => ({
    id, x: Math.round(left + (x / 1000) * (width - left - right)), y: Math.round(top + (y / 1000) * (height - top - bottom)),
  }));
  fitRows(spots);
  return spots;
}

function labelRoom(x, width) {
  const context = document.createElement('canvas').getContext('2d');
  context.font = '12px ' + FONT;
  const side = x ? 'right' : 'left', outer = [...nodes.values()].filter((node) => Math.abs(node.x - x) < 120 && sideOf(node) === side);
  const widths = outer.map((node) => context.measureText(caption(node)).width);
  return Math.min(Math.max(0, ...widths) + 28, width * 0.3);
}

// Where a node stands, while it moves too (vis-network rounds what getPositions gives).
function spotOf(id) {
  return network.body.nodes[id];
}

function show() {
  if (!stretched) return network.fit({ animation: false });
  return network.moveTo({ position: { x: stage.clientWidth / 2, y: stage.clientHeight / 2 }, scale: 1, animation: false });
}

function place() {
  measureStage();
  visNodes.update(places());
  show();
}

// --- labels ---

function caption(node) {
  return node.caption ? node.caption[state.lang] : nameOf(node);
}

function sideOf(node) {
  return node.side || (stretched ? (node.x === 0 ? 'left' : 'right') : 'below');
}

// What fits between the label's place and the edge of the window, the rest as "…".
function shortened(text, room, widthOf) {
  if (widthOf(text) <= room) return text;
  let kept = Array.from(text);
  while (kept.length > 1 && widthOf(kept.join('') + '…') > room) kept = kept.slice(0, -1);
  return kept.join('') + '…';
}

function drawLabels(context, some, scale, taken, bold) {
  const size = letters;
  context.font = (bold ? 'bold ' : '') + size / scale + 'px ' + FONT;
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  for (const node of some) {
    const text = caption(node) || (bold ? nameOf(node) : '');
    if (!text) continue;
    const spot = spotOf(node.id);
    if (!taken.claim(labelBox(node, spot, text, scale, size, () => size), true)) continue; // no room for one letter
    const box = labelBox(node, spot, text, scale, size, (words) => textWidth(context, words, scale));
    if (!taken.claim(box)) continue;
    labels.push({ ...box, id: node.id });
    context.lineWidth = 3.5 / scale;
    context.strokeStyle = 'rgba(255,255,255,.92)';
    context.fillStyle = INK;
    context.textAlign = 'left';
    const at = network.DOMtoCanvas({ x: box.left, y: (box.top + box.bottom) / 2 });
    context.strokeText(box.text, at.x, at.y);
    context.fillText(box.text, at.x, at.y);
  }
}

function textWidth(context, text, scale) {
  if (context.font.startsWith('bold')) return context.measureText(text).width * scale;
  if (!widths.has(text)) widths.set(text, context.measureText(text).width * scale);
  return widths.get(text);
}

function labelBox(node, spot, name, scale, size, widthOf) {
  const at = network.canvasToDOM(spot), r = radius(node, scale) * scale + 4, side = sideOf(node);
  const room = side === 'left' ? at.x - r - 2 : side === 'right' ? wide - at.x - r - 2 : wide;
  const text = stretched && room > 20 ? shortened(name, room, widthOf) : name, width = widthOf(text);
  const beside = { left: at.x - r - width, right: at.x + r }[side];
  const left = beside === undefined ? (stretched ? Math.max(2, Math.min(at.x - width / 2, wide - width - 2)) : at.x - width / 2) : beside;
  const middle = at.y + ({ below: r + size / 2, above: -r - size / 2 }[side] || 0);
  return { text, left, right: left + width, top: middle - size * 0.54, bottom: middle + size * 0.54 };
}

// Which parts of the screen hold a label already, in a grid fine enough for one.
function occupied(room) {
  const CELL_WIDE = 60, boxes = new Map();
  return {
    claim(given, only = false) { // only: ask, do not take
      const box = { left: given.left - room, right: given.right + room, top: given.top - room, bottom: given.bottom + room };
      if (given.right < 0 || given.left > wide || given.bottom < 0 || given.top > high) return false;
      const touched = [];
      for (let x = Math.floor(box.left / CELL_WIDE); x <= Math.floor(box.right / CELL_WIDE); x++) {
        for (let y = Math.floor(box.top / CELL_WIDE); y <= Math.floor(box.bottom / CELL_WIDE); y++) touched.push(x + ',' + y);
      }
      const free = touched.every((cell) => (boxes.get(cell) || []).every((other) => box.right < other.left || box.left > other.right || box.bottom < other.top || box.top > other.bottom));
      if (free && !only) touched.forEach((cell) => boxes.set(cell, [...(boxes.get(cell) || []), box]));
      return free;
    },
  };
}

// --- what is chosen stands out ---

function chosenParts() {
  const thing = state.chosen;
  if (!thing || thing.words) return null;
  if (thing.from) return { edges: [thing], nodes: [nodes.get(thing.from), nodes.get(thing.to)] };
  const around = neighbours(thing);
  return { edges: around.map((pair) => pair.edge), nodes: [thing, ...around.map((pair) => pair.node), ...members(thing)].filter((node) => node.passes) };
}

function drawChosen(context, parts, scale) {
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = 'rgba(255,255,255,.82)';
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  context.restore();
  strokeAll(context, parts.edges, scale, true);
  for (const node of parts.nodes) drawMark(context, node, spotOf(node.id).x, spotOf(node.id).y, scale);
}

function afterDrawing(context) {
  const scale = network.getScale(), parts = chosenParts(), taken = occupied(!parts && !stretched && nodes.size > 400 ? 14 : 0);
  labels = [];
  if (parts) {
    drawChosen(context, parts, scale);
    const named = state.chosen.from ? 2 : 1;
    drawLabels(context, parts.nodes.slice(0, named), scale, taken, true);
    drawLabels(context, parts.nodes.slice(named).sort((a, b) => b.size - a.size), scale, taken, false);
  } else drawLabels(context, heaviest.filter((node) => node.passes && (!node.quiet || scale > 1.8)), scale, taken, false);
}

const heaviest = [...nodes.values()].sort((a, b) => b.size - a.size);

// --- vis-network ---

function draw() {
  measureStage();
  const spots = new Map(places().map((spot) => [spot.id, spot]));
  visNodes = new vis.DataSet([...nodes.values()].map((node) => ({ ...spots.get(node.id), shape: 'custom', size: node.size, title: nameOf(node) })));
  visEdges = new vis.DataSet();
  const options = JSON.parse(JSON.stringify(data.options));
  delete options.groups;
  options.autoResize = false;
  options.nodes = { ...options.nodes, shape: 'custom', ctxRenderer: mark };
  network = new vis.Network(stage, { nodes: visNodes, edges: visEdges }, options);
  network.on('beforeDrawing', drawLines);
  network.on('afterDrawing', afterDrawing);
  network.on('dragStart', () => { dragging = true; });
  network.on('dragEnd', () => { dragging = false; network.redraw(); });
  network.on('click', clicked);
  show();
}

// vis-network needs the lines only to pull by them: it gets them, unseen, when the physics are first switched on.
function handOverLines() {
  if (!visEdges.length) visEdges.add(data.edges.map(({ id, from, to }) => ({ id, from, to, hidden: true })));
}

function clicked(event) {
  const { x, y } = event.pointer.DOM;
  const label = labels.find((box) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom);
  const node = event.nodes[0] || (label && label.id);
  choose(node ? nodes.get(node) : lineAt(event.pointer.canvas));
}

function redrawFiltered() {
  const changed = [...nodes.values()].filter((node) => Boolean(visNodes.get(node.id).hidden) === node.passes);
  visNodes.update(changed.map((node) => ({ id: node.id, hidden: !node.passes })));
  network.redraw();
}
