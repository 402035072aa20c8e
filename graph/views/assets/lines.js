// The lines of the picture. They are drawn here and not by vis-network, which would take longer over them than over all
// else: straight, as wide on the screen as facts stand behind them, in the style of their status.

const lines = data.lines;
const DRAWN = 20000; // lines that are drawn at once; the others wait for their node to be chosen
const MANY = 1500; // with more than this, lines go away while one drags
const REACH = 7; // pixels from a line within which a click means it
const faint = edges.size > MANY ? 0.16 : edges.size > 250 ? 0.3 : 0.45;
const drawn = thickest();
let dragging = false;

function thickest() {
  const all = [...edges.values()];
  return all.length <= DRAWN ? all : all.sort((a, b) => b.width - a.width).slice(0, DRAWN);
}

function drawLines(context) {
  if (dragging && drawn.length > MANY) return;
  strokeAll(context, drawn.filter((edge) => edge.passes), network.getScale(), false);
}

// Those of one status after another, the plain ones first, so that the others are not hidden under them.
function strokeAll(context, some, scale, strong) {
  context.save();
  const thin = (stretched ? 1 : Math.min(1, Math.sqrt(scale))) / scale;
  for (const status of Object.keys(lines)) {
    const { color, dashes } = lines[status], plain = !dashes.length;
    context.globalAlpha = strong ? 1 : plain ? faint : 0.6;
    context.strokeStyle = strong && plain ? INK : color;
    context.setLineDash(dashes.map((length) => length / scale));
    for (const edge of some) if (edge.status === status) stroke(context, edge, strong ? Math.max(edge.width, 1.2) / scale : edge.width * thin);
  }
  context.restore();
}

function stroke(context, edge, width) {
  const from = spotOf(edge.from), to = spotOf(edge.to);
  context.lineWidth = width;
  context.beginPath();
  context.moveTo(from.x, from.y);
  context.lineTo(to.x, to.y);
  context.stroke();
}

// The line nearest to a place of the picture, null where none is near.
function lineAt(place) {
  let best = null, least = REACH / network.getScale();
  const around = (state.chosen && state.chosen.edges) || [];
  for (const edge of [...around, ...drawn]) {
    const far = edge.passes ? distance(place, spotOf(edge.from), spotOf(edge.to)) : Infinity;
    if (far < least) [best, least] = [edge, far];
  }
  return best;
}

function distance(place, from, to) {
  const x = to.x - from.x, y = to.y - from.y, long = x * x + y * y;
  const along = long ? Math.max(0, Math.min(1, ((place.x - from.x) * x + (place.y - from.y) * y) / long)) : 0;
  return Math.hypot(place.x - from.x - along * x, place.y - from.y - along * y);
}
