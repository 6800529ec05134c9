import { MultiDirectedGraph } from 'graphology'
import Sigma from 'sigma'
import { EdgeArrowProgram, EdgeLineProgram, NodePointProgram } from 'sigma/rendering'
import { type Colours, laidOn } from './graph-colours.ts'
import type { GraphModel } from './graph-model.ts'
import type { Walk } from './graph-walk.ts'
import { LabelRoom } from './label-room.ts'
import { leftOfText } from './left-of-text.ts'
import { shortLabel } from './short-label.ts'

type Node = { x: number; y: number; size: number; color: string; label: string; highlighted: boolean; zIndex: number }
type Edge = { size: number; color: string; type: 'line' | 'way'; zIndex: number; hidden: boolean }

export type StageEvents = {
  readonly onClick: (id: number, isComparing: boolean) => void
  readonly onTwice: (id: number) => void
  /** Null where the pointer is over no track. */
  readonly onHover: (id: number | null) => void
}

export type Marks = Walk & {
  /** Tracks that stand out; null where all are alike. */
  readonly group: ReadonlySet<number> | null
}

/** From so many tracks on, lines are left out while the view moves: without a graphics card they take longest. */
const STILL_LINES_FROM = 500
const ZOOM_MS = 200
/** Of a line of a label. */
const LABEL_PIXELS = 14
/** Letters of the label of the track under the pointer, which has more room. */
const MOST_HOVERED = 60
/** A wide one, with what stands around them. */
const HOVERED_LETTER_PIXELS = 11
/** So much of the graph is around a track that one jumps to. */
const NEAR_RATIO = 0.35

const tokenOf = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim()

/** In pixels: together the tracks cover a small part of the picture. @param side of the picture, the shorter one */
const radiusFor = (tracks: number, side: number): number =>
  Math.max(1.4, Math.min(9, (0.16 * side) / Math.sqrt(Math.max(1, tracks))))

/** The more lines, the fainter. */
const lineShareFor = (tracks: number): number =>
  Math.max(0.14, Math.min(0.7, 0.95 - 0.2 * Math.log10(Math.max(1, tracks))))

/** Whether this browser can draw the graph. */
export const canDraw = (): boolean => {
  try {
    return document.createElement('canvas').getContext('webgl2') !== null
  } catch {
    return false
  }
}

/** The drawn graph in an element of the page. */
export class GraphStage {
  #graph = new MultiDirectedGraph<Node, Edge>()
  readonly #sigma: Sigma<Node, Edge>
  readonly #resizing: ResizeObserver
  readonly #box: HTMLElement
  /** Lines of where one is and of the path, by their ends. */
  #ways: Set<string> = new Set()
  #outstanding: ReadonlySet<number> | null = null
  readonly #room = new LabelRoom()
  #marks: Marks | null = null
  #model: GraphModel | null = null
  #colours: Colours | null = null

  constructor(box: HTMLElement, { onClick, onTwice, onHover }: StageEvents) {
    this.#box = box
    this.#sigma = new Sigma<Node, Edge>(this.#graph, box, {
      allowInvalidContainer: true,
      defaultEdgeType: 'line',
      // One point a track: without a graphics card the usual three corners of each take five times as long.
      nodeProgramClasses: { circle: NodePointProgram },
      // Those named last are drawn last, above the others.
      edgeProgramClasses: { line: EdgeLineProgram, way: EdgeArrowProgram },
      labelRenderedSizeThreshold: 7,
      zIndex: true,
      minCameraRatio: 0.01,
      maxCameraRatio: 3,
      stagePadding: 40,
      defaultDrawNodeLabel: (context, { x, y, size, label }) => {
        if (typeof label !== 'string') return
        context.font = '12px Inter Variable, sans-serif'
        context.fillStyle = tokenOf('--text')
        const words = shortLabel(label)
        const { width } = context.measureText(words)
        const left = leftOfText(x, size + 4, width, box.clientWidth)
        const room = { left, top: y - LABEL_PIXELS / 2, width, height: LABEL_PIXELS }
        if (this.#room.take(room)) context.fillText(words, left, y + 4)
      },
      defaultDrawNodeHover: (context, { x, y, size, label }) => {
        if (typeof label !== 'string') return
        context.font = '600 13px Inter Variable, sans-serif'
        const words = shortLabel(label, Math.min(MOST_HOVERED, Math.floor(box.clientWidth / HOVERED_LETTER_PIXELS)))
        const width = context.measureText(words).width + 16
        const left = leftOfText(x, size + 4, width, box.clientWidth)
        context.fillStyle = tokenOf('--raised')
        context.strokeStyle = tokenOf('--line-strong')
        context.beginPath()
        context.roundRect(left, y - 13, width, 26, 6)
        context.fill()
        context.stroke()
        context.beginPath()
        context.arc(x, y, size + 3, 0, 2 * Math.PI)
        context.strokeStyle = tokenOf('--text')
        context.lineWidth = 2
        context.stroke()
        context.lineWidth = 1
        context.fillStyle = tokenOf('--text')
        context.fillText(words, left + 8, y + 4.5)
      },
    })
    this.#sigma.on('beforeRender', () => this.#room.clear())
    this.#sigma.on('clickNode', ({ node, event }) => onClick(Number(node), (event.original as MouseEvent).shiftKey))
    this.#sigma.on('doubleClickNode', ({ node, preventSigmaDefault }) => {
      preventSigmaDefault()
      onTwice(Number(node))
    })
    this.#sigma.on('enterNode', ({ node }) => onHover(Number(node)))
    this.#sigma.on('leaveNode', () => onHover(null))
    const { edges, edgeLabels } = this.#sigma.getCanvases()
    // Nothing is written on lines. What lies there empty is laid over the picture all the same, which takes time without a graphics card.
    edgeLabels!.style.display = 'none'
    const [camera, captor] = [this.#sigma.getCamera(), this.#sigma.getMouseCaptor()]
    this.#sigma.on('afterRender', () => {
      const isMoving =
        camera.isAnimated() || captor.isMoving || captor.draggedEvents > 0 || captor.currentWheelDirection !== 0
      edges!.style.display = isMoving && this.#sigma.getSetting('hideEdgesOnMove') ? 'none' : ''
    })
    this.#resizing = new ResizeObserver(() => {
      this.#sigma.resize()
      this.#sigma.scheduleRefresh()
    })
    this.#resizing.observe(box)
  }

  /** Draws other tracks, places or transitions; the view stays. */
  show(model: GraphModel, colours: Colours): void {
    const graph = new MultiDirectedGraph<Node, Edge>()
    const size = this.#radius(model)
    for (const track of model.tracks) {
      const { id, title, x, y } = track
      graph.addNode(id, { x, y, size, color: colours.colourOf(track), label: title, highlighted: false, zIndex: 1 })
    }
    const faint = laidOn(tokenOf('--ground'), tokenOf('--line-strong'), lineShareFor(model.tracks.length))
    for (const { id: from } of model.tracks)
      for (const { id: to } of model.exitsOf(from))
        graph.addDirectedEdge(from, to, { size: 1, color: faint, type: 'line', zIndex: 0, hidden: false })
    this.#graph = graph
    this.#model = model
    this.#colours = colours
    this.#ways = new Set()
    this.#outstanding = null
    const isLarge = model.tracks.length > STILL_LINES_FROM
    this.#sigma.setSetting('hideEdgesOnMove', isLarge)
    this.#sigma.setSetting('hideLabelsOnMove', isLarge)
    this.#sigma.setGraph(graph)
    // How many tracks can be seen, for those who wait for the picture.
    this.#sigma.once('afterRender', () => {
      this.#box.dataset.drawn = String(model.tracks.length)
    })
    if (this.#marks !== null) this.mark(this.#marks)
  }

  /** Makes stand out where one is, where it leads, and the path; only what changes is drawn anew. */
  mark(marks: Marks): void {
    const isSameGroup = this.#marks?.group === marks.group && this.#outstanding !== null
    this.#marks = marks
    const [model, colours] = [this.#model, this.#colours]
    if (model === null || colours === null) return
    const { current, marked, path, group } = marks
    const quiet = tokenOf('--line')
    const size = this.#radius(model)
    const outstanding = new Set([...path, current, marked].filter((id) => id !== null))
    const lookOf = (id: number): Pick<Node, 'color' | 'size' | 'highlighted' | 'zIndex'> => {
      const isOutstanding = outstanding.has(id)
      const isQuiet = group !== null && !group.has(id) && !isOutstanding
      return {
        color: isQuiet ? quiet : colours.colourOf(model.trackOf.get(id)!),
        size: isOutstanding ? size + 3 : group?.has(id) ? size + 1 : size,
        highlighted: id === current || id === marked,
        zIndex: isOutstanding ? 3 : isQuiet ? 0 : 1,
      }
    }
    if (isSameGroup) {
      for (const id of new Set([...this.#outstanding!, ...outstanding]))
        if (this.#graph.hasNode(id)) this.#graph.mergeNodeAttributes(id, lookOf(id))
    } else
      this.#graph.updateEachNodeAttributes((node, attributes) => ({ ...attributes, ...lookOf(Number(node)) }), {
        attributes: ['color', 'size', 'highlighted', 'zIndex'],
      })
    this.#outstanding = outstanding
    this.#drawWays(model, marks)
  }

  #radius({ tracks }: GraphModel): number {
    const { width, height } = this.#sigma.getDimensions()
    return radiusFor(tracks.length, Math.min(width, height))
  }

  #drawWays({ exitsOf }: GraphModel, { current, choice, path }: Marks): void {
    const before = this.#ways
    this.#ways = new Set()
    const draw = (from: number, to: number, look: Pick<Edge, 'size' | 'color'>): void => {
      if (from === to || !this.#graph.hasNode(from) || !this.#graph.hasNode(to)) return
      const key = `${from} ${to}`
      this.#ways.add(key)
      const edge: Edge = { ...look, type: 'way', zIndex: 2, hidden: false }
      if (this.#graph.hasEdge(key)) this.#graph.mergeEdgeAttributes(key, edge)
      else this.#graph.addDirectedEdgeWithKey(key, from, to, edge)
    }
    if (current !== null)
      for (const [at, { id }] of exitsOf(current).entries())
        draw(current, id, { size: at === choice ? 5 : 3, color: tokenOf(at === choice ? '--accent' : '--text-quiet') })
    for (const [at, id] of path.entries()) if (at > 0) draw(path[at - 1]!, id, { size: 5, color: tokenOf('--warn') })
    // To take a line away would have everything drawn anew; hidden, it costs nothing.
    for (const key of before)
      if (!this.#ways.has(key) && this.#graph.hasEdge(key)) this.#graph.setEdgeAttribute(key, 'hidden', true)
  }

  /** Brings a track into view where it is not. */
  centre(id: number): void {
    const place = this.#sigma.getNodeDisplayData(id)
    if (place === undefined) return
    const camera = this.#sigma.getCamera()
    const { x, y } = this.#sigma.framedGraphToViewport(place)
    const { width, height } = this.#sigma.getDimensions()
    const [marginX, marginY] = [width / 8, height / 8]
    if (x > marginX && x < width - marginX && y > marginY && y < height - marginY) return
    const target = { x: place.x, y: place.y, ratio: Math.min(camera.ratio, NEAR_RATIO) }
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) camera.setState(target)
    else void camera.animate(target, { duration: ZOOM_MS })
  }

  zoom(by: 'in' | 'out' | 'all'): void {
    const camera = this.#sigma.getCamera()
    const duration = matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : ZOOM_MS
    if (by === 'all') void camera.animatedReset({ duration })
    else if (by === 'in') void camera.animatedZoom({ duration })
    else void camera.animatedUnzoom({ duration })
  }

  close(): void {
    this.#resizing.disconnect()
    this.#sigma.kill()
  }
}
