'use strict'
// Plays the runs whose frames stand in the page. Nothing here asks anybody for anything.
const NS = 'http://www.w3.org/2000/svg'
const FILL = ['#B4470B', '#0B5FA5'], ALONE = '#3E5668', GATE = ['#6B7885', '#0B7A4B', '#0B7A4B', '#0B7A4B'], LEADER = '#7B2D6B', INK = '#1B2733'
const WEEKS_A_SECOND = 14, A_CAPTION = 14, LETTER = 17
const { scene: s, weeks, runs } = JSON.parse(document.getElementById('runs').textContent)
const player = document.getElementById('replay'), slider = document.getElementById('week'), button = document.getElementById('play')
const now = document.querySelector('.now'), still = matchMedia('(prefers-reduced-motion: reduce)').matches
let at = weeks.length - 1, since = 0, playing = false

function add (parent, name, attributes, words) {
  const made = document.createElementNS(NS, name)
  for (const key in attributes) made.setAttribute(key, attributes[key])
  if (words !== undefined) made.textContent = words
  return parent.appendChild(made)
}

// A circle that is full up to a level, such that the area below it is a share of the whole.
function filled (x, y, r, share) {
  if (share <= 0) return ''
  if (share >= 1) return `M${x - r} ${y}A${r} ${r} 0 1 0 ${x + r} ${y}A${r} ${r} 0 1 0 ${x - r} ${y}Z`
  let low = 0, high = 2 * Math.PI
  for (let k = 0; k < 20; k++) { const angle = (low + high) / 2; if (angle - Math.sin(angle) < 2 * Math.PI * share) low = angle; else high = angle }
  const level = Math.cos(low / 2), half = r * Math.sqrt(1 - level * level), depth = y + r * level
  return `M${(x - half).toFixed(1)} ${depth.toFixed(1)}A${r} ${r} 0 ${share > 0.5 ? 1 : 0} 0 ${(x + half).toFixed(1)} ${depth.toFixed(1)}Z`
}

function built (run, number, figure) {
  const colour = runs.length > 1 ? FILL[number] : ALONE
  const svg = add(figure, 'svg', { viewBox: `0 0 ${s.width} ${s.height}`, role: 'img' })
  figure.insertBefore(svg, figure.querySelector('.caption'))
  const stripes = add(add(svg, 'defs', {}), 'pattern', { id: 'in-name-' + number, width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' })
  add(stripes, 'rect', { width: 2.6, height: 6, fill: colour })
  const middle = { x: s.width / 2, y: s.height / 2 }
  const tables = s.table ? [{ ring: add(svg, 'circle', { cx: middle.x, cy: middle.y, r: s.table, fill: '#fff', stroke: '#6B7885' }),
    words: [-3, 13].map(y => add(svg, 'text', { x: middle.x, y: middle.y + y, 'text-anchor': 'middle' }, '')) }] : []
  const nodes = s.nodes.map(([x, y, r], i) => {
    add(svg, 'circle', { cx: x, cy: y, r, fill: '#fff' })
    const said = add(svg, 'path', { fill: `url(#in-name-${number})` }), done = add(svg, 'path', { fill: colour })
    return { x, y, r, said, done, gate: add(svg, 'circle', { cx: x, cy: y, r, fill: 'none', 'stroke-width': Math.max(1, Math.min(4.5, r * 0.18)) }) }
  })
  const half = 8
  const leaders = s.leaders.map(l => add(svg, 'rect', { x: l.x - half, y: l.y - half, width: 2 * half, height: 2 * half, rx: half / 3, 'stroke-width': half / 8, stroke: '#fff', fill: LEADER, transform: `rotate(45 ${l.x} ${l.y})` }))
  s.kinds.forEach(k => k.lines.forEach((words, i) => add(svg, 'text', { x: k.x, y: (k.y + (0.36 + 1.16 * (i - (k.lines.length - 1) / 2)) * LETTER).toFixed(1), 'text-anchor': 'middle', class: 'kind' }, words)))
  const bytes = Uint8Array.from(atob(run.frames), letter => letter.charCodeAt(0))
  return { svg, tables, nodes, leaders, bytes, each: bytes.length / weeks.length, caption: figure.querySelector('.caption') }
}

function drawn (picture, run, number) {
  const b = picture.bytes.subarray(at * picture.each, (at + 1) * picture.each)
  picture.nodes.forEach((n, i) => {
    const [share, said, gate] = b.subarray(3 * i, 3 * i + 3)
    n.done.setAttribute('d', filled(n.x, n.y, n.r, share / 100))
    n.said.setAttribute('d', said > share ? filled(n.x, n.y, n.r, said / 100) : '')
    n.gate.setAttribute('stroke', GATE[gate])
    n.gate.setAttribute('stroke-dasharray', gate === 0 ? '2 3' : gate === 1 ? '8 4' : 'none')
  })
  const rest = b.subarray(3 * picture.nodes.length)
  picture.leaders.forEach((l, i) => { l.setAttribute('fill', rest[i] ? LEADER : '#fff'); l.setAttribute('stroke', rest[i] ? '#fff' : LEADER) })
  picture.tables.forEach((t, i) => {
    const here = rest[s.leaders.length + i]
    t.ring.setAttribute('stroke-width', here === 2 ? 4 : here ? 2.5 : 1.2)
    t.ring.setAttribute('stroke-dasharray', here ? 'none' : '4 4')
    t.ring.setAttribute('stroke', here ? INK : '#6B7885')
    ;[['no', 'convener'], ['convener', 'meets'], ['convener', 'decides']][here].forEach((words, k) => { t.words[k].textContent = words })
  })
  const words = `${(run.shares[at] / 10).toFixed(0)} % of staff have adopted`
  picture.svg.setAttribute('aria-label', `The organisations in week ${weeks[at]}: ${words}.`)
  const told = run.captions.filter(([week]) => week <= weeks[at] && week > weeks[at] - A_CAPTION).pop()
  picture.caption.textContent = words + '.' + (told ? ` Week ${told[0]}: ${told[1]}.` : '')
}

function show (frame) {
  at = Math.max(0, Math.min(frame, weeks.length - 1))
  slider.value = at
  const when = `Week ${weeks[at]}, year ${Math.min(Math.floor(weeks[at] / 52) + 1, Math.ceil(weeks[weeks.length - 1] / 52) || 1)}`
  slider.setAttribute('aria-valuetext', when)
  document.getElementById('when').textContent = when
  pictures.forEach((picture, k) => drawn(picture, runs[k], k))
  const left = Number(now.dataset.left), x = left + (Number(now.dataset.right) - left) * weeks[at] / Math.max(weeks[weeks.length - 1], 1)
  for (const end of ['x1', 'x2']) now.setAttribute(end, x.toFixed(1))
}

function play (on) {
  playing = on
  button.textContent = on ? 'Pause' : 'Play'
  if (!on) return
  if (at === weeks.length - 1) show(0)
  since = performance.now()
  requestAnimationFrame(turn)
}

// By time, not by frames; where motion is not wanted, a quarter of a year at a time.
function turn (time) {
  if (!playing) return
  const step = still ? 13 : 1, every = 1000 * step / WEEKS_A_SECOND
  const passed = Math.floor((time - since) / every) * step
  if (passed > 0) {
    since += passed / step * every
    const next = weeks.findIndex(week => week >= weeks[at] + passed)
    show(next < 0 ? weeks.length - 1 : next)
  }
  if (at === weeks.length - 1) play(false)
  else requestAnimationFrame(turn)
}

const pictures = runs.map((run, k) => built(run, k, document.querySelectorAll('.picture')[k]))
slider.max = weeks.length - 1
slider.addEventListener('input', () => { play(false); show(Number(slider.value)) })
button.addEventListener('click', () => play(!playing))
document.querySelectorAll('[name=arm]').forEach((choice, k) => {
  choice.checked = k === 0
  choice.addEventListener('change', () => { player.dataset.arm = choice.value })
})
if (runs.length < 2) document.querySelector('.choice').remove()
player.dataset.arm = '0'
player.querySelectorAll('[hidden]').forEach(part => { part.hidden = false })
show(weeks.length - 1)
